import type { ClusterStatus } from '../../../api/answerBodies.ts';
import { byUrgency } from '../../../api/byUrgency.ts';
import type { Verdict } from '../../../api/health.ts';
import { inSlices } from '../../../cluster/inSlices.ts';
import { statusOf } from '../../../desk/clusterStatus.ts';
import { answer } from '../answer.ts';
import type { Route } from '../route.ts';
import { listParameters, partOf, usualLimit } from './partOfList.ts';

/** 200 as long as work is done; 503 as soon as it is not, or while the level is unknown. */
export const statusOfVerdict = ({ level }: Verdict): number =>
  level === 'healthy' || level === 'degraded' ? 200 : 503;

export const health: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/health',
    summary: 'Health verdict with reasons and recommendations',
    tag: 'api',
    parameters: [],
    answers: {
      200: { what: '`level` is healthy or degraded.', body: 'Health' },
      503: {
        what: '`level` is unhealthy, or unknown: `state` is disconnected, connecting, offline, collecting or waiting.',
        body: 'Health',
      },
    },
    isOpen: true,
    handle: ({ served }) => {
      const { verdict, link, name } = served.cluster.snapshot();
      return answer('Health', { ...verdict, cluster: name, link }, statusOfVerdict(verdict));
    },
  },
  {
    method: 'GET',
    path: '/api/v1/counters',
    summary: 'Counters of processed, rejected and lost events, and of failed listeners',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'Counters since the start.', body: 'Counters' } },
    handle: ({ served }) => answer('Counters', served.cluster.counters()),
  },
  {
    method: 'GET',
    path: '/api/v1/status',
    summary: 'Workers with their figures, queues and task types: what "celeriac status" prints as JSON',
    tag: 'api',
    parameters: [
      {
        name: 'limit',
        in: 'query',
        kind: 'integer',
        what: 'how many of each list, 1000 by default',
        least: 1,
        most: 5_000,
      },
    ],
    answers: {
      200: { what: 'The first of each list by name; `totals` says how long the lists are.', body: 'Status' },
    },
    handle: async ({ served, integer }) => {
      const { cluster } = served;
      const limit = integer('limit') ?? usualLimit;
      const now = served.now();
      const snapshot = cluster.snapshot();
      const hostnames = Object.keys(snapshot.workers).sort();
      const firstOf = async (kind: 'type' | 'queue' | 'worker', names: readonly string[]) =>
        inSlices(cluster.state.statsInSlices(kind, now, names.slice(0, limit)));
      const [types, queues] = [cluster.state.groups('type').names(), cluster.state.groups('queue').names()];
      const status: ClusterStatus = statusOf({
        snapshot: {
          ...snapshot,
          workers: Object.fromEntries(
            hostnames.slice(0, limit).flatMap((name) => {
              const worker = snapshot.workers[name];
              return worker ? [[name, worker]] : [];
            }),
          ),
        },
        queues: await firstOf('queue', queues),
        types: await firstOf('type', types),
        workers: await firstOf('worker', hostnames),
        now,
      });
      return answer('Status', {
        ...status,
        totals: { workers: hostnames.length, queues: queues.length, types: types.length },
      });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/checks',
    summary: 'The verdict with its alerts, and each health rule with its worst figure and its limit',
    tag: 'api',
    parameters: listParameters,
    answers: { 200: { what: 'What "celeriac health" shows.', body: 'Checks' } },
    handle: (request) => {
      const { cluster, now } = request.served;
      const alerts = Object.values(cluster.snapshot().alerts).sort(byUrgency);
      return answer('Checks', {
        broker: cluster.snapshot().maskedUrl,
        watchedSeconds: Math.floor(Math.max(0, now() - cluster.startedAt) / 1_000),
        verdict: cluster.health.verdict,
        alerts: partOf(alerts, request),
        total: alerts.length,
        checks: cluster.health.checks(),
      });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'Open alerts',
    tag: 'api',
    parameters: listParameters,
    answers: {
      200: {
        what: 'One page of alerts, most severe first, recovering alerts last; `total` is the number of all alerts.',
        body: 'Alerts',
      },
    },
    handle: (request) => {
      const alerts = Object.values(request.served.cluster.snapshot().alerts).sort(byUrgency);
      return answer('Alerts', { alerts: partOf(alerts, request), total: alerts.length });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/gaps',
    summary: 'Gaps in the event stream and their reasons',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'The latest 100 gaps, oldest first, with the lost events.', body: 'Gaps' } },
    handle: ({ served }) => {
      const { cluster } = served;
      const { lost, uncountedLosses, gaps: totals } = cluster.counters();
      const isConnected = cluster.linkState.kind === 'live';
      return answer('Gaps', { gaps: cluster.gapsUntil(served.now()), isConnected, lost, uncountedLosses, totals });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/failures',
    summary: 'Failures grouped by cause',
    tag: 'api',
    parameters: listParameters,
    answers: {
      200: { what: 'One page of groups, latest first; `total` is the number of all groups.', body: 'Failures' },
    },
    handle: (request) => {
      const failures = Object.values(request.served.cluster.snapshot().failures);
      failures.sort((a, b) => b.lastSeenAt - a.lastSeenAt);
      return answer('Failures', { failures: partOf(failures, request), total: failures.length });
    },
  },
];

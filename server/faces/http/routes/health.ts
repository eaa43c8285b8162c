import { byUrgency } from '../../../api/byUrgency.ts';
import type { Verdict } from '../../../api/health.ts';
import { answer } from '../answer.ts';
import type { Route } from '../route.ts';
import { listParameters, partOf } from './partOfList.ts';

/** 200 as long as work is done; 503 as soon as it is not, or while the level is unknown. */
export const statusOfVerdict = ({ level }: Verdict): number =>
  level === 'healthy' || level === 'degraded' ? 200 : 503;

export const health: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/health',
    summary: 'The verdict of the health rules, with reasons and what to do',
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
    summary: 'What was taken in, what was refused and why, what was lost, and which listeners failed',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'The counters since the start.', body: 'Counters' } },
    handle: ({ served }) => answer('Counters', served.cluster.counters()),
  },
  {
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'The alerts of the health rules',
    tag: 'api',
    parameters: listParameters,
    answers: {
      200: {
        what: 'A part of the alerts, the worst first, those that are recovering last; `total` is the number of all.',
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
    summary: 'When events may have been missed, and why',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'The latest 100 gaps, the oldest first, and what was lost.', body: 'Gaps' } },
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
    summary: 'Failures by their cause',
    tag: 'api',
    parameters: listParameters,
    answers: {
      200: { what: 'A part of the groups, the latest first; `total` is the number of all.', body: 'Failures' },
    },
    handle: (request) => {
      const failures = Object.values(request.served.cluster.snapshot().failures);
      failures.sort((a, b) => b.lastSeenAt - a.lastSeenAt);
      return answer('Failures', { failures: partOf(failures, request), total: failures.length });
    },
  },
];

import type { Verdict } from '../../../api/health.ts';
import { answer } from '../answer.ts';
import type { Route } from '../route.ts';

/** 200 as long as work is done; 503 as soon as it is not, or when nothing can be said. */
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
        what: '`level` is unhealthy, or unknown because the broker is away or too little was heard.',
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
    summary: 'What the health rules say now',
    tag: 'api',
    parameters: [],
    answers: { 200: { what: 'The alerts, the worst first.', body: 'Alerts' } },
    handle: ({ served }) => {
      const order = ['critical', 'warning', 'info'];
      const alerts = Object.values(served.cluster.snapshot().alerts);
      alerts.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.since - b.since);
      return answer('Alerts', { alerts });
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
    parameters: [],
    answers: { 200: { what: 'The groups, the latest first.', body: 'Failures' } },
    handle: ({ served }) => {
      const failures = Object.values(served.cluster.snapshot().failures);
      return answer('Failures', { failures: failures.sort((a, b) => b.lastSeenAt - a.lastSeenAt) });
    },
  },
];

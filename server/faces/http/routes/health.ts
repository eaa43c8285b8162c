import type { Verdict } from '../../../api/health.ts';
import { json } from '../answer.ts';
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
      200: '`level` is healthy or degraded.',
      503: '`level` is unhealthy, or unknown because the broker is away or too little was heard.',
    },
    isOpen: true,
    handle: ({ served }) => {
      const { verdict, link, name } = served.cluster.snapshot();
      return json({ ...verdict, cluster: name, link }, statusOfVerdict(verdict));
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'What the health rules say now',
    tag: 'api',
    parameters: [],
    answers: { 200: 'The alerts, the worst first.' },
    handle: ({ served }) => {
      const order = ['critical', 'warning', 'info'];
      const alerts = Object.values(served.cluster.snapshot().alerts);
      alerts.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.since - b.since);
      return json({ alerts });
    },
  },
  {
    method: 'GET',
    path: '/api/v1/failures',
    summary: 'Failures by their cause',
    tag: 'api',
    parameters: [],
    answers: { 200: 'The groups, the latest first.' },
    handle: ({ served }) => {
      const failures = Object.values(served.cluster.snapshot().failures);
      return json({ failures: failures.sort((a, b) => b.lastSeenAt - a.lastSeenAt) });
    },
  },
];

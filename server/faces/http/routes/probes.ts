import type { ClusterSnapshot } from '../../../api/model.ts';
import { answer } from '../answer.ts';
import type { Route } from '../route.ts';

/** Why there is no connection to the broker; null: there is one. */
const whyNotReady = ({ link }: ClusterSnapshot): string | null => {
  switch (link.kind) {
    case 'live':
      return null;
    case 'lost':
      return link.reason.sentence;
    case 'connecting':
      return 'The broker has not answered yet.';
    case 'disconnected':
      return 'The connection is closed.';
    default:
      return link satisfies never;
  }
};

export const probes: readonly Route[] = [
  {
    method: 'GET',
    path: '/livez',
    summary: 'Liveness: whether the process is running',
    tag: 'probes',
    parameters: [],
    answers: { 200: { what: 'It is.', body: 'Liveness' } },
    isOpen: true,
    handle: () => answer('Liveness', { status: 'alive' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    summary: 'Readiness: whether the broker is connected',
    tag: 'probes',
    parameters: [],
    answers: {
      200: { what: 'The broker is connected. `level` and `state` are as in `/api/v1/health`.', body: 'Readiness' },
      503: { what: 'The broker is not connected; `reason` explains why.', body: 'Readiness' },
    },
    isOpen: true,
    handle: ({ served }) => {
      const snapshot = served.cluster.snapshot();
      const reason = whyNotReady(snapshot);
      const { level, state } = snapshot.verdict;
      return reason === null
        ? answer('Readiness', { status: 'ready', level, state })
        : answer('Readiness', { status: 'not ready', reason, level, state }, 503);
    },
  },
];

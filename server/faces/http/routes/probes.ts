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
    summary: 'Whether the process is running',
    tag: 'probes',
    parameters: [],
    answers: { 200: { what: 'It is.', body: 'Liveness' } },
    isOpen: true,
    handle: () => answer('Liveness', { status: 'alive' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    summary: 'Whether there is a connection to the broker',
    tag: 'probes',
    parameters: [],
    answers: {
      200: { what: 'There is. `level` and `state` are those of `/api/v1/health`.', body: 'Readiness' },
      503: { what: 'There is none, and `reason` says why.', body: 'Readiness' },
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

import type { ClusterSnapshot } from '../../../api/model.ts';
import { json } from '../answer.ts';
import type { Route } from '../route.ts';

/** Why the broker is not there; null: it is. */
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
    summary: 'Whether the process runs',
    tag: 'probes',
    parameters: [],
    answers: { 200: 'It does.' },
    isOpen: true,
    handle: () => json({ status: 'alive' }),
  },
  {
    method: 'GET',
    path: '/readyz',
    summary: 'Whether there is a connection to the broker',
    tag: 'probes',
    parameters: [],
    answers: { 200: 'There is.', 503: 'There is none, and `reason` says why.' },
    isOpen: true,
    handle: ({ served }) => {
      const snapshot = served.cluster.snapshot();
      const reason = whyNotReady(snapshot);
      return reason === null ? json({ status: 'ready' }) : json({ status: 'not ready', reason }, 503);
    },
  },
];

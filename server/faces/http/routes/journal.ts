import { CeleriacError } from '../../../api/errors.ts';
import type { JournalQuery } from '../../../api/history.ts';
import type { History } from '../../../history/history.ts';
import { answer } from '../answer.ts';
import type { Parameter, Route, RouteRequest, Served } from '../route.ts';

const span: readonly Parameter[] = [
  { name: 'from', in: 'query', kind: 'time', what: 'since then' },
  { name: 'to', in: 'query', kind: 'time', what: 'before' },
  { name: 'limit', in: 'query', kind: 'integer', what: 'how many, 100 without it', least: 1, most: 1_000 },
];

/** What only a history knows. */
export const journal: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/history',
    summary: 'Where and how what happens is kept',
    tag: 'api',
    parameters: [],
    answers: {
      200: { what: 'Where, how much, and what went wrong.', body: 'HistoryStatus' },
      400: 'No history is kept.',
    },
    handle: ({ served }) => answer('HistoryStatus', historyOf(served).status),
  },
  {
    method: 'GET',
    path: '/api/v1/history/alerts',
    summary: 'What the health rules said, also before the start',
    tag: 'api',
    parameters: span,
    answers: {
      200: { what: 'The alerts with their beginnings and ends, the newest first.', body: 'PastAlerts' },
      400: 'No history is kept.',
    },
    handle: async (request) =>
      answer('PastAlerts', { alerts: await historyOf(request.served).alerts(queryOf(request)) }),
  },
  {
    method: 'GET',
    path: '/api/v1/history/audit',
    summary: 'Who changed what',
    tag: 'api',
    parameters: span,
    answers: {
      200: { what: 'What was asked for and what came of it, the newest first.', body: 'Audit' },
      400: 'No history is kept.',
    },
    handle: async (request) => answer('Audit', { entries: await historyOf(request.served).audit(queryOf(request)) }),
  },
];

const historyOf = ({ cluster }: Served): History => {
  if (cluster.history) return cluster.history;
  throw new CeleriacError('unsupported', 'No history is kept here. Start the server with --history FOLDER.');
};

const queryOf = ({ integer }: RouteRequest): JournalQuery => {
  const from = integer('from');
  const to = integer('to');
  return {
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    limit: integer('limit') ?? 100,
  };
};

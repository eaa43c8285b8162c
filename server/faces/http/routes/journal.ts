import { CeleriacError } from '../../../api/errors.ts';
import type { JournalQuery } from '../../../api/history.ts';
import type { History } from '../../../history/history.ts';
import { answer } from '../answer.ts';
import type { Parameter, Route, RouteRequest, Served } from '../route.ts';

const span: readonly Parameter[] = [
  { name: 'from', in: 'query', kind: 'time', what: 'since then' },
  { name: 'to', in: 'query', kind: 'time', what: 'before' },
  { name: 'limit', in: 'query', kind: 'integer', what: 'page size (default 100)', least: 1, most: 1_000 },
];

/** What only a history knows. */
export const journal: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/history',
    summary: 'Status of the history',
    tag: 'api',
    parameters: [],
    answers: {
      200: { what: 'Location, size and errors of the history.', body: 'HistoryStatus' },
      400: 'No history is kept.',
    },
    handle: ({ served }) => answer('HistoryStatus', historyOf(served).status),
  },
  {
    method: 'GET',
    path: '/api/v1/history/alerts',
    summary: 'Past and open alerts, including those from before the start',
    tag: 'api',
    parameters: span,
    answers: {
      200: { what: 'Alerts with their start and end, newest first.', body: 'PastAlerts' },
      400: 'No history is kept.',
    },
    handle: async (request) =>
      answer('PastAlerts', { alerts: await historyOf(request.served).alerts(queryOf(request)) }),
  },
  {
    method: 'GET',
    path: '/api/v1/history/audit',
    summary: 'Audit log',
    tag: 'api',
    parameters: span,
    answers: {
      200: { what: 'Actions and their outcome, newest first.', body: 'Audit' },
      400: 'No history is kept.',
    },
    handle: async (request) => answer('Audit', { entries: await historyOf(request.served).audit(queryOf(request)) }),
  },
];

const historyOf = ({ cluster }: Served): History => {
  if (cluster.history) return cluster.history;
  throw new CeleriacError('unsupported', 'No history is kept. Start the server with --history FOLDER.');
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

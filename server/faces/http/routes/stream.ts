import { CeleriacError } from '../../../api/errors.ts';
import { wantedNames } from '../../../api/namePatterns.ts';
import type { Route } from '../route.ts';

export const stream: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/events',
    summary: 'The live stream of events, as server-sent events',
    tag: 'api',
    parameters: [
      {
        name: 'type',
        in: 'query',
        kind: 'texts',
        what: 'only this type, such as task-failed or task-*; may be repeated',
      },
      { name: 'worker', in: 'query', kind: 'texts', what: 'only of this worker; may be repeated' },
    ],
    answers: {
      200: {
        what: 'One `event` with its JSON as `data` for each; `celeriac-missed` says how many a slow reader missed.',
        type: 'text/event-stream',
      },
      503: 'Too many read the stream already.',
    },
    handle: ({ served, texts }) => {
      if (served.events.isFull) throw new CeleriacError('timeout', 'Too many read the stream of events already.');
      const fitsType = wantedNames(texts('type') ?? undefined);
      const fitsWorker = wantedNames(texts('worker') ?? undefined);
      return {
        kind: 'stream',
        open: (response) =>
          served.events.add(
            response,
            (event) => fitsType(String(event['type'])) && fitsWorker(String(event['hostname'])),
          ),
      };
    },
  },
];

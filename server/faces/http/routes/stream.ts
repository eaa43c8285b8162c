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
      429: 'Your address reads the stream too many times at once.',
      503: 'Too many read the stream already.',
    },
    handle: ({ served, texts, asker }) => {
      served.events.admit(asker.peer);
      const fitsType = wantedNames(texts('type') ?? undefined);
      const fitsWorker = wantedNames(texts('worker') ?? undefined);
      return {
        kind: 'stream',
        open: (response) =>
          served.events.add(
            response,
            asker.peer,
            (event) => fitsType(String(event['type'])) && fitsWorker(String(event['hostname'])),
          ),
      };
    },
  },
];

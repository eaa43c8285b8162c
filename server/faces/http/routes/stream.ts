import { wantedNames } from '../../../api/namePatterns.ts';
import type { Route } from '../route.ts';

export const stream: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/events',
    summary: 'Live events, as server-sent events',
    tag: 'api',
    parameters: [
      {
        name: 'type',
        in: 'query',
        kind: 'texts',
        what: 'only events of this type, such as task-failed or task-*; may be repeated',
      },
      { name: 'worker', in: 'query', kind: 'texts', what: 'only events of this worker; may be repeated' },
    ],
    answers: {
      200: {
        what: 'One message per event with its JSON as `data`; `celeriac-missed` reports how many events a slow reader missed.',
        type: 'text/event-stream',
      },
      429: 'Too many concurrent readers from your address.',
      503: 'Too many concurrent readers.',
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

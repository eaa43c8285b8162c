/** The query syntax, for the help of every command that accepts a query. */
export const queryArgument = {
  name: '[QUERY…]',
  what: 'a task query, such as state:FAILURE',
  more: '',
  isOptional: true,
} as const;

export const queryNotes: readonly string[] = [
  'A query consists of fields and values: state:FAILURE name:orders.* worker:w1 queue:default runtime:>5s received:<1h args:"\'customer\': 42" exception:*Timeout* -name:celery.*. All terms must match unless OR, NOT or parentheses combine them. A comma separates alternatives (state:FAILURE,RETRY), a minus excludes, and * matches any text. A word without a field is searched in arguments, results, exceptions and ids.',
  'Fields: state, name, worker, queue, client, id, args, kwargs, result, exception, runtime, wait, retries, and the times sent, received, started, finished and updated. Durations are written 250ms, 5s, 10m, 2h or 7d; a time is an age (<1h) or a date (>2030-01-31T09:00). Quote the query for your shell if it contains * ( ) < > or quotes.',
];

/** How a query is written, for the help of every command that takes one. */
export const queryArgument = {
  name: '[QUERY…]',
  what: 'which tasks, such as state:FAILURE',
  more: '',
  isOptional: true,
} as const;

export const queryNotes: readonly string[] = [
  'A query names fields and values: state:FAILURE name:orders.* worker:w1 queue:default runtime:>5s received:<1h args:"\'customer\': 42" exception:*Timeout* -name:celery.*. Terms side by side must all match; OR, NOT and parentheses combine them; a comma separates alternatives (state:FAILURE,RETRY); a minus excludes; a word without a field is searched in arguments, results, exceptions and ids. * stands for anything.',
  'Fields: state, name, worker, queue, client, id, args, kwargs, result, exception, runtime, wait, retries, and the times sent, received, started, finished and updated. Lengths are 250ms, 5s, 10m, 2h or 7d; a time is an age (<1h) or a moment (>2030-01-31T09:00). Quote the query for your shell where it has * ( ) < > or quotes.',
];

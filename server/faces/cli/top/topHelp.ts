import { wrapText } from '../../../text/wrapText.ts';

const keys: readonly (readonly [string, string])[] = [
  ['1 … 5, Tab, ← →', 'tasks, workers, queues, failures, alerts'],
  ['↑ ↓, j k, PgUp PgDn, g G', 'move; the row you chose stays chosen while others come'],
  ['Enter', 'open the task or alert; the tasks of this worker or queue; the last task of this failure'],
  ['/', 'filter: a query over tasks, a part of the name elsewhere; Tab completes, Esc cancels'],
  ['s, S', 'sort by the next column, reverse the order'],
  ['r, x', 'retry or revoke the chosen task, after a question'],
  ['Space', 'pause the picture; what happens is still counted'],
  ['Esc', 'back; in a list, remove the filter'],
  ['Ctrl-L, Ctrl-Z', 'draw all anew, suspend'],
  ['q, Ctrl-C', 'quit'],
];

const queryHelp =
  'Query: state:FAILURE name:orders.* worker:w1 queue:default runtime:>5s received:<1h exception:*Timeout* -name:celery.*; OR, NOT and parentheses combine terms.';

export const helpLines = (width: number): string[] => [
  'Keys',
  ...keys.flatMap(([key, what]) => {
    const [first = '', ...rest] = wrapText(what, Math.max(20, width - 28));
    return [`  ${key.padEnd(25)} ${first}`, ...rest.map((line) => `${' '.repeat(28)}${line}`)];
  }),
  '',
  ...wrapText(queryHelp, width),
];

import type { TaskQuery } from '../api/tasks.ts';
import { readQuery } from '../state/queries/language/readQuery.ts';
import { isAmong, labelsLike } from './namedLabels.ts';
import { queryCondition } from './queryCondition.ts';
import type { Texts } from './readTexts.ts';
import { type Condition, textCondition, timeColumns } from './textCondition.ts';

/** What a query asks of each task, but for the page. */
export const taskConditions = (query: TaskQuery, labels: Texts): readonly Condition[] => {
  const states = query.states?.map((state) => state.toUpperCase());
  const among = [
    isAmong('state', labelsLike(labels, states)),
    isAmong('name', labelsLike(labels, query.names)),
    isAmong('worker', labelsLike(labels, query.workers)),
    isAmong('queue', labelsLike(labels, query.queues)),
  ];
  return [
    ...among.filter((sql) => sql !== '1').map((sql) => ({ sql, values: [] })),
    ...(query.time ? timeConditions(timeColumns[query.time.column], query.time) : []),
    ...(query.text ? [textCondition(query.text, labels)] : []),
    ...(query.where ? [queryCondition(readQuery(query.where.query, query.where.at), labels)] : []),
  ];
};

const timeConditions = (
  column: string,
  { from, to }: { readonly from?: number; readonly to?: number },
): readonly Condition[] => [
  { sql: `${column} >= ?`, values: [from ?? Number.MIN_SAFE_INTEGER] },
  { sql: `${column} < ?`, values: [to ?? Number.MAX_SAFE_INTEGER] },
];

import { CeleriacError } from '../../api/errors.ts';
import { phrase } from '../../api/phrase.ts';
import type { TaskQuery } from '../../api/tasks.ts';
import { parseJson } from '../../celery/parseJson.ts';
import type { Place } from './taskOrder.ts';

/** Where a page ended: the last row's place in the order, and when it was touched. */
export interface TaskCursor {
  readonly place: Place;
  readonly touched: number;
}

export const encodeCursor = (query: TaskQuery, { place, touched }: TaskCursor): string =>
  Buffer.from(JSON.stringify([markOf(query), place, touched])).toString('base64url');

/** Throws when the cursor is none of ours, or another query's. */
export const decodeCursor = (query: TaskQuery, cursor: string): TaskCursor => {
  const [mark, place, touched] = parse(cursor);
  const isPlace = place === null || typeof place === 'string' || typeof place === 'number';
  if (typeof mark !== 'string' || !isPlace || typeof touched !== 'number') throw unreadable();
  if (mark !== markOf(query)) {
    throw new CeleriacError('badRequest', phrase('page.otherCursor'));
  }
  return { place, touched };
};

const parse = (cursor: string): readonly unknown[] => {
  const value = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  return Array.isArray(value) ? value : [];
};

const unreadable = (): CeleriacError => new CeleriacError('badRequest', phrase('page.badCursor'));

/** What makes two queries the same but for the page. */
const markOf = ({ states, names, workers, queues, text, where, time, sort }: TaskQuery): string => {
  const key = JSON.stringify([states, names, workers, queues, text, where?.query, time, sort]);
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x5bd1e995) ^ (hash >>> 13);
  return (hash >>> 0).toString(36);
};

import type { TaskQuery } from '../../api/tasks.ts';
import { readsAsQuery } from '../../state/queries/language/readsAsQuery.ts';
import type { CommandContext } from './context.ts';

/** What the query, the filters and the order on the command line ask for; all of them must hold. */
export const taskQuery = (
  { state, name, worker, queue, search, sort }: CommandContext['options'],
  typed = '',
  now = Date.now(),
): TaskQuery => ({
  ...(typed === '' ? {} : { where: { query: typed, at: now } }),
  ...(state ? { states: state } : {}),
  ...(name ? { names: name } : {}),
  ...(worker ? { workers: worker } : {}),
  ...(queue ? { queues: queue } : {}),
  ...(search === undefined ? {} : { text: search }),
  ...(sort ? { sort } : {}),
});

const ofText = /^(-?(?:args|kwargs|result|exception|text|any)):([^"]*\s[^"]*)$/;

/** The shell takes quotes away: what it hands over as one word with blanks was one value, unless it is a query itself. */
export const typedQuery = (words: readonly string[]): string =>
  words
    .map((word) => {
      const [, field, value = ''] = ofText.exec(word) ?? [];
      return field === undefined || readsAsQuery(value) || /\s(OR|AND|NOT)\s/.test(value)
        ? word
        : `${field}:"${value}"`;
    })
    .join(' ');

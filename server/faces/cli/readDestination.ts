import type { Destination } from '../../desk/tellOnArrival.ts';
import { UsageError } from './usageError.ts';

/** What was typed after -d: names may be separated by commas, as Celery takes them; a pattern stands alone. */
export const readDestination = (typed: readonly string[] = []): Destination => {
  const names = typed.flatMap((each) => each.split(',')).map((each) => each.trim());
  if (names.includes('')) throw new UsageError('-d requires a worker name, such as celery@web1.');
  const [pattern] = names.filter((each) => /[*?[]/.test(each));
  if (pattern === undefined) return { names: [...new Set(names)], pattern: null };
  if (names.length === 1) return { names: [], pattern };
  throw new UsageError(`-d accepts one pattern or any number of names; "${pattern}" is a pattern.`);
};

import type { ControlCommand } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import { isLiving, type Worker } from '../api/model.ts';

export interface Expectation {
  readonly names: readonly string[];
  /** Whether every mailbox that takes the command will answer it: a worker that is not addressed stays silent. */
  readonly everyone: boolean;
}

/** Who will answer a command, as far as that is known before it is sent. */
export const expectation = (command: ControlCommand, workers: ReadonlyMap<string, Worker>): Expectation => {
  if (command.destination) return { names: command.destination, everyone: false };
  const living = [...workers.values()].filter(isLiving);
  const names = living.map((each) => each.hostname);
  if (!command.pattern) return { names, everyone: true };
  const fits = matcherOf(command.pattern, command.matcher ?? 'glob');
  return { names: names.filter(fits), everyone: false };
};

/** kombu matches with fnmatch or `re.match` (kombu/matcher.py). */
const matcherOf = (pattern: string, matcher: 'glob' | 'pcre'): ((name: string) => boolean) => {
  const source = matcher === 'glob' ? `^${globSource(pattern)}$` : `^(?:${pattern})`;
  try {
    const expression = new RegExp(source, 's');
    return (name) => expression.test(name);
  } catch {
    throw new CeleriacError('badRequest', `"${pattern}" is not a regular expression.`);
  }
};

/** fnmatch: `*`, `?`, `[seq]` and `[!seq]`; a bracket that is never closed stands for itself. */
const globSource = (pattern: string): string =>
  pattern.replace(/\[(!?)(\]?[^\]]*)\]|[\s\S]/g, (part, not: string | undefined, set: string | undefined) => {
    if (set) return `[${not ? '^' : ''}${set.replace(/[\\[\]]/g, '\\$&')}]`;
    if (part === '*') return '.*';
    if (part === '?') return '.';
    return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });

import type { ControlCommand } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import { isLiving, type Worker } from '../api/model.ts';
import { namePatterns } from '../api/namePatterns.ts';
import { phrase } from '../api/phrase.ts';
import { linearRegex } from './linearRegex.ts';

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
  if (matcher === 'glob') return namePatterns([pattern], { marks: 'fnmatch' });
  const test = linearRegex(pattern);
  if (test === null) throw new CeleriacError('badRequest', phrase('cluster.badPattern', { pattern }));
  return test;
};

import type { ControlCommand, ControlOutcome } from '../../api/control.ts';
import type { ControlMethod } from '../../celery/controlCommands.ts';
import { sentenceForStranger } from './explain.ts';
import type { Operating } from './operating.ts';
import { UsageError } from './usageError.ts';

export interface Question {
  readonly method: ControlMethod;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** As typed after -d. */
  readonly destination: readonly string[];
  readonly timeoutMs?: number;
}

/** Asks workers and returns as soon as everybody has answered who can be expected to. */
export const askWorkers = async (cluster: Operating, question: Question): Promise<ControlOutcome> => {
  const command = await address(cluster, question);
  return command === null ? nobody : cluster.operations.ask(command);
};

const nobody: ControlOutcome = { replies: [], expected: 0, tookMs: 0 };

/** Who is to be waited for has to be known before the command goes out; null when there is nobody. */
const address = async (cluster: Operating, question: Question): Promise<ControlCommand | null> => {
  const { method, timeoutMs } = question;
  const command = { method, arguments: question.arguments, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const { names, pattern } = readDestination(question.destination);
  if (names.length > 0) return { ...command, destination: await present(cluster, names, method) };
  const called = await cluster.called;
  if (called === 0) return null;
  if (pattern !== null) {
    await cluster.meet();
    return { ...command, pattern, matcher: 'glob' };
  }
  // Each worker that is to end is waited for by its name.
  if (method === 'shutdown') await cluster.meet();
  else if (called === null) return { ...command, ...(await expected(cluster)) };
  return command;
};

/** Where the broker does not tell how many there are: those that it names, or those that speak up. */
const expected = async (cluster: Operating): Promise<Pick<ControlCommand, 'destination'>> => {
  const met = cluster.meet().then(() => ({}));
  const named = cluster.operations
    .workerNames()
    .catch(() => null)
    .then((names) => (names === null || names.length === 0 ? met : { destination: names }));
  return Promise.any([met, named]);
};

/** A shutdown is confirmed by the goodbye of a worker: of one that was never there it would be waited for in vain. */
const present = async (cluster: Operating, names: readonly string[], method: string): Promise<readonly string[]> => {
  if (method !== 'shutdown') return names;
  const known = [...(await cluster.meet()), ...(await cluster.names())];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return names;
  throw new UsageError(`${sentenceForStranger(stranger, known)} Nothing was sent.`);
};

export interface Destination {
  readonly names: readonly string[];
  readonly pattern: string | null;
}

/** Names may be separated by commas, as Celery takes them; a pattern stands alone. */
export const readDestination = (typed: readonly string[]): Destination => {
  const names = typed.flatMap((each) => each.split(',')).map((each) => each.trim());
  if (names.includes('')) throw new UsageError('-d needs the name of a worker, such as celery@web1.');
  const [pattern] = names.filter((each) => /[*?[]/.test(each));
  if (pattern === undefined) return { names: [...new Set(names)], pattern: null };
  if (names.length === 1) return { names: [], pattern };
  throw new UsageError(`-d takes one pattern or any number of names; "${pattern}" is a pattern.`);
};

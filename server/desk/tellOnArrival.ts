import type { ControlOutcome } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import type { Operations } from '../cluster/operations.ts';
import { sentenceForStranger } from '../text/sentenceForStranger.ts';
import { type Addressed, tellWorkers, type WorkerCommand } from './tellWorkers.ts';

/** A cluster that was connected to just now, so that nobody is known by heartbeats yet. */
export interface Arrival {
  readonly operations: Pick<Operations, 'ask' | 'workerNames'>;
  /** How many workers take a command; null where the broker does not tell. */
  readonly called: Promise<number | null>;
  /** Waits until those workers are known by name that answer a call for heartbeats. */
  meet(): Promise<readonly string[]>;
  /** Whoever is known by now: from the broker, and from events. */
  names(): Promise<readonly string[]>;
}

/** The names and the one pattern that somebody typed; without both, every worker. */
export interface Destination {
  readonly names: readonly string[];
  readonly pattern: string | null;
}

/** As `tellWorkers`, once it is known who is to be waited for. */
export const tellOnArrival = async (
  cluster: Arrival,
  command: WorkerCommand,
  { destination, timeoutMs }: { readonly destination: Destination; readonly timeoutMs?: number | undefined },
): Promise<ControlOutcome> => {
  const addressed = await address(cluster, command, destination);
  if (addressed === null) return nobody;
  const outcome = await tellWorkers(cluster, command, { ...addressed, timeoutMs });
  return destination.names.length > 0 ? outcome : withoutBeats(outcome);
};

/** Who was not asked for by name is not reported for being no worker. */
const withoutBeats = (outcome: ControlOutcome): ControlOutcome => ({
  ...outcome,
  replies: outcome.replies.filter((reply) => reply.kind !== 'silent' || reply.reason !== 'isBeat'),
});

const nobody: ControlOutcome = { replies: [], expected: 0, tookMs: 0 };

/** Null when there is nobody. */
const address = async (
  cluster: Arrival,
  { method }: WorkerCommand,
  { names, pattern }: Destination,
): Promise<Addressed | null> => {
  if (names.length > 0) return { destination: await present(cluster, names, method) };
  const called = await cluster.called;
  if (called === 0) return null;
  if (pattern !== null) {
    await cluster.meet();
    return { pattern };
  }
  // Each worker that is to end is waited for by its name.
  if (method === 'shutdown') await cluster.meet();
  else if (called === null) return expected(cluster);
  return {};
};

/** Where the broker does not tell how many there are: those that it names, or those that speak up. */
const expected = async (cluster: Arrival): Promise<Addressed> => {
  const met = cluster.meet().then(() => ({}));
  const named = cluster.operations
    .workerNames()
    .catch(() => null)
    .then((names) => (names === null || names.length === 0 ? met : { destination: names }));
  return Promise.any([met, named]);
};

/** A shutdown is confirmed by the goodbye of a worker: of one that was never there it would be waited for in vain. */
const present = async (cluster: Arrival, names: readonly string[], method: string): Promise<readonly string[]> => {
  if (method !== 'shutdown') return names;
  const known = [...(await cluster.meet()), ...(await cluster.names())];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return names;
  throw new CeleriacError('badRequest', phrase('control.stranger', { stranger: sentenceForStranger(stranger, known) }));
};

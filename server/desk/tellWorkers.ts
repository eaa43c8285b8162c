import type { ControlOutcome } from '../api/control.ts';
import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { readControlArguments } from '../celery/controlArguments.ts';
import { type ControlMethod, isControlMethod, specOf } from '../celery/controlCommands.ts';
import type { Operations } from '../cluster/operations.ts';

/** A command that workers know, with arguments that they take. */
export interface WorkerCommand {
  readonly method: ControlMethod;
  readonly arguments: Readonly<Record<string, unknown>>;
}

type Group = 'inspect' | 'control';

/** Reads what was typed: values in their order, or as name=value. Throws for what no worker takes. */
export const readWorkerCommand = (method: string, words: readonly string[], group?: Group): WorkerCommand => {
  const known = knownMethod(method, group);
  return { method: known, arguments: readControlArguments(known, words) };
};

export const knownMethod = (method: string, group?: Group): ControlMethod => {
  if (isControlMethod(method) && (group === undefined || specOf(method).group === group)) return method;
  throw new CeleriacError('badRequest', phrase('control.unknown', { method }));
};

/** How long workers have where nobody said: what the command takes, else as usual. When a shutdown is over, the engine knows. */
export const usualTimeoutMs = (method: ControlMethod, usualMs: number): number | undefined => {
  const { timeoutSeconds } = specOf(method);
  if (timeoutSeconds !== undefined) return timeoutSeconds * 1_000;
  return method === 'shutdown' ? undefined : usualMs;
};

/** Whom to ask, and for how long. */
export interface Addressed {
  /** Left out or null: every worker. */
  readonly destination?: readonly string[] | null;
  readonly pattern?: string;
  readonly timeoutMs?: number | undefined;
}

/** Has workers answer or do something; resolves when each has answered who can be expected to, or the time is over. */
export const tellWorkers = (
  { operations }: { readonly operations: Pick<Operations, 'ask'> },
  { method, arguments: values }: WorkerCommand,
  { destination = null, pattern, timeoutMs }: Addressed = {},
): Promise<ControlOutcome> =>
  operations.ask({
    method,
    arguments: values,
    ...(destination === null ? {} : { destination }),
    ...(pattern === undefined ? {} : { pattern, matcher: 'glob' }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });

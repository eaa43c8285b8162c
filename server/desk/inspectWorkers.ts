import type { ControlOutcome } from '../api/control.ts';
import { specOf } from '../celery/controlCommands.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Shown } from '../outlet/shown.ts';
import type { Picture } from '../text/answers/inspectHints.ts';
import { findPictures } from './findPictures.ts';
import { readWorkerCommand, type WorkerCommand } from './tellWorkers.ts';

const answerWithinMs = 2_000;

/** What workers are asked, as somebody typed it. */
export interface Inspection {
  readonly method: string;
  readonly words: readonly string[];
  /** Null: every worker. */
  readonly destination: readonly string[] | null;
  readonly timeoutMs?: number;
}

export interface Inspected extends WorkerCommand {
  readonly outcome: Shown<ControlOutcome>;
  readonly byWorker: Shown<Readonly<Record<string, unknown>>>;
  readonly pictures: readonly Picture[];
}

/** Asks workers what changes nothing. A command that takes its time has at least its own. */
export const inspectWorkers = async (
  { operations, outlet }: Pick<Cluster, 'operations' | 'outlet'>,
  { method, words, destination, timeoutMs = answerWithinMs }: Inspection,
): Promise<Inspected> => {
  const command = readWorkerCommand(method, words, 'inspect');
  const atLeastMs = (specOf(command.method).timeoutSeconds ?? 0) * 1_000;
  const told = await operations.inspect({ ...command, destination, timeoutMs: Math.max(atLeastMs, timeoutMs) });
  const outcome = outlet.answer(told);
  const answered = outcome.replies.filter((reply) => reply.kind === 'answered');
  return {
    ...command,
    outcome,
    byWorker: outlet.answer(Object.fromEntries(answered.map(({ hostname, value }) => [hostname, value]))),
    pictures: command.method === 'objgraph' ? await findPictures(outcome.replies) : [],
  };
};

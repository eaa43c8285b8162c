import { readWorkerCommand, type WorkerCommand } from './tellWorkers.ts';

export interface Revocation {
  readonly ids: readonly string[];
  /** Whether processes that run such a task end, too; by this signal, TERM without it. */
  readonly terminate?: boolean | undefined;
  readonly signal?: string | number | undefined;
}

/** What to tell workers so that they skip tasks. A signal is only sent where it ends something. */
export const revocation = ({ ids, terminate = false, signal = 'TERM' }: Revocation): WorkerCommand =>
  readWorkerCommand('revoke', [
    ...ids.map((id) => `task_id=${id}`),
    ...(terminate ? ['terminate=true', `signal=${signal}`] : []),
  ]);

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Ends what it holds, and resolves when every process of the group is gone and the folder is removed. */
export type Release = () => Promise<void>;

/** Sees to it that the process group of `leader` and its folder do not outlive this process, even if it is killed -9. */
export const holdOnLeash = (leader: ChildProcess, folder: string): Release => {
  const leash = spawn(process.execPath, [join(import.meta.dirname, 'leash.ts'), String(leader.pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = once(leash, 'exit');
  return async () => {
    leash.stdin.end();
    await gone;
  };
};

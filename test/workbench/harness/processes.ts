import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { VsCode } from './vscode.ts';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Celeriac's backends that belong to this VS Code. */
export const backendsOf = async (vscode: VsCode): Promise<number[]> =>
  (await running())
    .filter(({ command }) => command.includes(vscode.folder) && /celeriac[^ ]*[/\\]dist[/\\]server\.js/.test(command))
    .map(({ pid }) => pid);

/** All processes that this one has started, and those that they have started. */
export const descendantsOf = async (ancestor: number): Promise<Process[]> => {
  const all = await running();
  const below = (parent: number): Process[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(ancestor);
};

export const isRunning = async ({ pid, command }: Process): Promise<boolean> =>
  (await running()).some((each) => each.pid === pid && each.command === command);

const running = async (): Promise<Process[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args=']);
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^ *(\d+) +(\d+) (.*)$/.exec(line) ?? [];
    return pid && parent && command ? [{ pid: Number(pid), parent: Number(parent), command }] : [];
  });
};

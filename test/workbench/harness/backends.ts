import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { VsCode } from './vscode.ts';

/** The process ids of Celeriac's backends that belong to this VS Code. */
export const backendsOf = async (vscode: VsCode): Promise<number[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(vscode.folder) && /celeriac[^ ]*[/\\]dist[/\\]server\.js/.test(line))
    .map((line) => Number.parseInt(line, 10));
};

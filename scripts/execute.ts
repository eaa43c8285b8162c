import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');

/** Runs one program of the project's own dependencies, its output as it comes; resolves with its exit code. */
export const execute = (tool: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn(join(bin, windows ? `${tool}.cmd` : tool), args, {
      cwd: root,
      env,
      stdio: 'inherit',
      shell: windows,
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });

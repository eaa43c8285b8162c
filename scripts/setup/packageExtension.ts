import { execFile } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../execute.ts';
import { Refusal } from '../say.ts';

const run = promisify(execFile);
const largestBytes = 2 * 1024 * 1024;

/** Builds the extension and packs it; a warning of the packer, or a package that grew too large, is a failure. */
export const packageExtension = async (): Promise<{ file: string; bytes: number }> => {
  const file = join(root, 'artifacts', 'celeriac.vsix');
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const { stdout, stderr } = await run(process.execPath, [vsce, 'package', '--no-dependencies', '-o', file], {
    cwd: root,
  });
  const warnings = `${stdout}\n${stderr}`.split('\n').filter((line) => /warning/i.test(line));
  if (warnings.length > 0) throw new Refusal(`the package has warnings:\n${warnings.join('\n')}`);
  const { size } = statSync(file);
  if (size > largestBytes) throw new Refusal(`the package has ${size} bytes; at most ${largestBytes} are allowed.`);
  return { file, bytes: size };
};

import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../execute.ts';
import { Refusal } from '../say.ts';
import { packageInputs } from './packageInputs.ts';

const run = promisify(execFile);
const largestBytes = 2 * 1024 * 1024;

/**
 * Builds the extension and packs it, unless nothing has changed since; a warning of the packer, or a package that grew too
 * large, is a failure.
 */
export const packageExtension = async (
  say: (sentence: string) => void = () => undefined,
): Promise<{ file: string; bytes: number }> => {
  const file = join(root, 'artifacts', 'celeriac.vsix');
  const stamp = `${file}.inputs`;
  const inputs = packageInputs();
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs)
    return { file, bytes: statSync(file).size };
  say('packaging the extension …');
  rmSync(stamp, { force: true });
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const packing = [vsce, 'package', '--no-dependencies', '-o', file];
  const { stdout, stderr } = await run(process.execPath, packing, { cwd: stageFiles() });
  const warnings = `${stdout}\n${stderr}`.split('\n').filter((line) => /warning/i.test(line));
  if (warnings.length > 0) throw new Refusal(`the package has warnings:\n${warnings.join('\n')}`);
  const { size } = statSync(file);
  if (size > largestBytes) throw new Refusal(`the package has ${size} bytes; at most ${largestBytes} are allowed.`);
  writeFileSync(stamp, inputs);
  return { file, bytes: size };
};

/**
 * Copies what the package holds, as `.vscodeignore` names it, into a folder of its own. In the project's folder the packer
 * walks through everything that is installed there before it leaves it out, which takes minutes.
 */
const stageFiles = (): string => {
  const staged = join(root, 'artifacts', 'vsix');
  rmSync(staged, { recursive: true, force: true });
  const list = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n');
  const kept = list.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  for (const file of ['.vscodeignore', ...globSync(kept, { cwd: root })]) {
    mkdirSync(dirname(join(staged, file)), { recursive: true });
    copyFileSync(join(root, file), join(staged, file));
  }
  return staged;
};

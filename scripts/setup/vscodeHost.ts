import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A real VS Code that npm can bring: code-server, the Node it runs on, and a browser to look at it with. */
export interface VsCodeHost {
  readonly entry: string;
  readonly node: string;
  /** Null where no Chromium was found: the server runs, but nothing here can open its pages. */
  readonly chromium: string | null;
}

const folder = join(import.meta.dirname, '..', '..', 'test', 'workbench', 'host');
const codeServer = join(folder, 'node_modules', 'code-server');
const stamp = join(folder, 'node_modules', '.celeriac-installed');
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Installs VS Code from npm unless this very version is in place; needs Node 24, which code-server demands. */
export const ensureVsCodeHost = async (say: (sentence: string) => void): Promise<VsCodeHost> => {
  const wanted = fingerprint();
  if (!isInstalled(wanted)) {
    await whileLocked(join(folder, 'node_modules.lock'), async () => {
      if (isInstalled(wanted)) return;
      say('installing a VS Code from npm for the demo and the workbench tests (600 MB, once) …');
      await install();
      writeFileSync(stamp, wanted);
    });
  }
  return { entry: join(codeServer, 'out', 'node', 'entry.js'), node: process.execPath, chromium: findChromium() };
};

/** The first Chromium on the PATH, or the one that CHROMIUM names. */
export const findChromium = (): string | null => {
  const named = process.env.CHROMIUM;
  if (named) return isExecutable(named) ? named : null;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return browsers.flatMap((name) => folders.map((each) => join(each, name))).find(isExecutable) ?? null;
};

const isInstalled = (wanted: string): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

const fingerprint = (): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');

/** What code-server's postinstall.sh does, without compiling what npm's prebuilt binaries already hold. */
const install = async (): Promise<void> => {
  const vscode = join(codeServer, 'lib', 'vscode');
  await npm(['ci'], folder);
  await npm(['install', '--omit=dev'], vscode);
  await npm(['install', '--omit=dev'], join(vscode, 'extensions'));
};

const npm = async (args: readonly string[], cwd: string): Promise<void> => {
  const own = process.env.npm_execpath;
  const [command, ...head] = own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
  };
  // What `npm run` tells its scripts about the package they belong to would mislead an npm in another folder.
  for (const name of Object.keys(env)) if (/^npm_(package|lifecycle|command)/.test(name)) delete env[name];
  try {
    await promisify(execFile)(command, [...head, ...args, ...flags], { cwd, env, maxBuffer: 64 << 20 });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(
      `npm ${args[0]} failed in ${cwd}. Check that the npm registry can be reached, then run this again.\n${said}`,
      { cause: error },
    );
  }
};

/** The demo and the tests may be started side by side on a fresh clone: the second waits for the first. */
const whileLocked = async (lock: string, act: () => Promise<void>): Promise<void> => {
  while (!take(lock)) await sleep(250);
  try {
    await act();
  } finally {
    rmSync(lock, { force: true });
  }
};

const take = (lock: string): boolean => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (existsSync(lock) && !isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
    return false;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

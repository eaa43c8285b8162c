import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackages, findCommand } from './debian.ts';
import { withLock } from './lock.ts';

type Say = (sentence: string) => void;

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
const logWriter = 'spdlog.cjs';
const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Installs VS Code from npm unless this very version is in place; needs Node 24, which code-server demands. */
export const ensureVsCodeHost = async (say: Say): Promise<VsCodeHost> => {
  const wanted = fingerprint();
  if (!isInstalled(wanted)) {
    await withLock(join(folder, 'node_modules.lock'), async () => {
      if (isInstalled(wanted)) return;
      say('installing a VS Code from npm for the demo and the workbench tests (600 MB, once) …');
      await install();
      writeFileSync(stamp, wanted);
    });
  }
  return { entry: join(codeServer, 'out', 'node', 'entry.js'), node: process.execPath, chromium: await findChromium() };
};

/** Finds a Chromium; installs Debian's where that is allowed. Null where neither works. */
export const ensureChromium = async (say: Say): Promise<string | null> => {
  const found = await findChromium();
  if (found) return found;
  await ensureDebianPackages([{ command: 'chromium', package: 'chromium' }], say);
  return findChromium();
};

/** The one that CHROMIUM names, or the first on the PATH. */
const findChromium = async (): Promise<string | null> => {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of browsers) {
    const found = await findCommand(name);
    if (found) return found;
  }
  return null;
};

const isInstalled = (wanted: string): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', logWriter]) hash.update(readFileSync(join(folder, file)));
  return hash.digest('hex');
};

/** What code-server's postinstall.sh does, without compiling what npm's prebuilt binaries already hold. */
const install = async (): Promise<void> => {
  const vscode = join(codeServer, 'lib', 'vscode');
  await npm(['ci'], folder);
  await npm(['install', '--omit=dev'], vscode);
  await npm(['install', '--omit=dev'], join(vscode, 'extensions'));
  copyFileSync(join(folder, logWriter), join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'));
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

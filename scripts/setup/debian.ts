import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { aptEnvironment } from './aptEnvironment.ts';
import { aptPlanSentence, readAptPlan } from './aptPlan.ts';

type Say = (sentence: string) => void;

/** A command that is needed and the Debian package that brings it. */
export interface Wanted {
  readonly command: string;
  readonly package: string;
}

/** What could not be had, and why not. */
export interface Missing extends Wanted {
  readonly reason: string;
}

/** Where servers live on Debian although a user's PATH may not say so. */
const systemFolders = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/bin',
  '/opt/homebrew/bin',
];

export const findCommand = async (command: string): Promise<string | undefined> => {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...systemFolders]) {
    const candidate = join(folder, command);
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && usable) return candidate;
  }
  return undefined;
};

const absent = async (wanted: readonly Wanted[]): Promise<Wanted[]> => {
  const found = await Promise.all(wanted.map((one) => findCommand(one.command)));
  return wanted.filter((_, index) => found[index] === undefined);
};

/** One sentence for people who have to install things themselves. */
export const howToInstall = (missing: readonly Wanted[]): string =>
  `${missing.map((one) => one.command).join(', ')} not found. Install with: sudo apt-get install ${[...new Set(missing.map((one) => one.package))].join(' ')}`;

/**
 * Sees to it that commands exist: as root on Debian it installs the packages of those that do not, everywhere else it
 * only says which ones are missing. Installed servers are not started as system services.
 */
export const ensureDebianPackages = async (wanted: readonly Wanted[], say: Say = console.log): Promise<Missing[]> => {
  const needed = await absent(wanted);
  if (needed.length === 0) return [];
  const why = whyNotHere();
  if (why !== undefined) return needed.map((one) => ({ ...one, reason: why }));
  const packages = [...new Set(needed.map((one) => one.package))];
  const trouble = await installPackages(packages, say);
  return (await absent(needed)).map((one) => ({
    ...one,
    reason: trouble ?? `the package ${one.package} does not bring it`,
  }));
};

/** Installs packages that bring no command (Python modules). Answers why it could not, or undefined. */
export const installDebianPackages = async (
  packages: readonly string[],
  say: Say = console.log,
): Promise<string | undefined> => {
  const why = whyNotHere();
  if (why !== undefined) return why;
  return installPackages(packages, say);
};

const whyNotHere = (): string | undefined => {
  if (!existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return 'this is not Debian';
  if (process.getuid?.() !== 0) return 'only root may install packages';
  return undefined;
};

const installPackages = async (packages: readonly string[], say: Say): Promise<string | undefined> => {
  say(`installing ${packages.join(', ')} with apt-get …`);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const named = async (): Promise<string | undefined> => {
    const { trouble, output } = await apt([...install, '--print-uris']);
    if (trouble !== undefined) return trouble;
    const sentence = aptPlanSentence(readAptPlan(output));
    if (sentence !== null) say(sentence);
    return (await apt(install)).trouble;
  };
  if (hasPackageLists() && (await named()) === undefined) return undefined;
  // Lists that are absent or old are the usual reason; after an update it works or there is a real one.
  return (await apt(['update'])).trouble ?? named();
};

const hasPackageLists = (): boolean => {
  const lists = '/var/lib/apt/lists';
  return (
    existsSync(lists) && readdirSync(lists).some((name) => name.endsWith('_Packages') || name.includes('_Packages.'))
  );
};

interface AptRun {
  readonly output: string;
  /** Why it failed. */
  readonly trouble?: string;
}

const apt = (args: readonly string[]): Promise<AptRun> =>
  new Promise((resolve) => {
    const child = spawn('/usr/bin/apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      env: aptEnvironment(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-200_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ output, trouble: `apt-get did not start: ${error.message}` }));
    child.on('close', (code) =>
      resolve(code === 0 ? { output } : { output, trouble: `apt-get ${args[0]} failed: ${lastLines(output)}` }),
    );
  });

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' ');

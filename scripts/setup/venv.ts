import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { installDebianPackages } from './debian.ts';

type Say = (sentence: string) => void;

/** A virtual environment: where it is, what belongs in it, and which Pythons can carry it. */
export interface VenvPlan {
  readonly folder: string;
  readonly requirements: string;
  readonly oldest: PythonVersion;
  readonly newest: PythonVersion;
}

type PythonVersion = readonly [major: number, minor: number];

export interface Done {
  readonly code: number;
  readonly output: string;
}

/** Runs a command to its end; a command that does not exist ends with 127. */
export const run = (command: string, args: readonly string[]): Promise<Done> =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });

const lastLines = (text: string, count = 3): string => text.trim().split('\n').slice(-count).join('\n');

export const venvPython = (folder: string): string =>
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

/** The stamp says which requirements were installed; it is written last, so a half-made environment has none. */
const stampOf = (folder: string, requirements: string): string => join(folder, `.${basename(requirements)}.installed`);

export const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

export const isInstalled = (folder: string, requirements: string): boolean => {
  const stamp = stampOf(folder, requirements);
  return existsSync(venvPython(folder)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(requirements);
};

/** Makes the environment. Where it cannot, it throws why, and what was there before is there again. */
export const makeVenv = async (plan: VenvPlan, say: Say): Promise<void> => {
  const base = await findInterpreter(plan);
  say(`making ${plan.folder} with Python ${base.version.join('.')} …`);
  const before = `${plan.folder}.before`;
  rmSync(before, { recursive: true, force: true });
  if (existsSync(plan.folder)) renameSync(plan.folder, before);
  try {
    await createEmpty(base.command, plan.folder, say);
    await pipInstall(plan.folder, plan.requirements);
  } catch (error) {
    rmSync(plan.folder, { recursive: true, force: true });
    if (existsSync(before)) renameSync(before, plan.folder);
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
};

/** All that pip installs for these requirements, with checksums (scripts/lockPython.ts). */
const lockOf = (requirements: string): string => requirements.replace(/\.txt$/, '.lock');

export const pipInstall = async (folder: string, requirements: string): Promise<void> => {
  const options = ['--quiet', '--disable-pip-version-check', '--retries', '2', '--timeout', '20'];
  // With checksums, of nothing but what is named: the index cannot bring other files than those that were tested.
  const locked = ['--require-hashes', '--no-deps', '-r', lockOf(requirements)];
  const done = await run(venvPython(folder), ['-m', 'pip', 'install', ...options, ...locked]);
  if (done.code !== 0) throw new Error(`pip could not install ${basename(requirements)} (${reasonOf(done.output)})`);
  writeFileSync(stampOf(folder, requirements), hashOf(requirements));
};

/** pip says why on its last line that begins with ERROR, after pages of retries. */
const reasonOf = (output: string): string => {
  const errors = output.split('\n').filter((line) => line.startsWith('ERROR: '));
  return errors.at(-1)?.slice('ERROR: '.length) ?? lastLines(output, 1);
};

/** No Python on this machine can carry the environment. */
export class NoInterpreter extends Error {}

interface Interpreter {
  readonly command: string;
  readonly version: PythonVersion;
}

const candidates = (): string[] => {
  const own = process.env.CELERIAC_PYTHON;
  const numbered = [13, 12, 11, 10, 9].map((minor) => `python3.${minor}`);
  return [...(own ? [own] : []), 'python3', ...numbered, '/usr/bin/python3', 'python'];
};

const findInterpreter = async ({ oldest, newest }: VenvPlan): Promise<Interpreter> => {
  for (const command of candidates()) {
    // A pyenv shim ends with an error where no such version is chosen; that is "not this one" as well.
    const done = await run(command, ['-c', 'import sys; print(*sys.version_info[:2])']);
    const [major, minor] = done.output.split(' ').map(Number);
    if (done.code !== 0 || major === undefined || minor === undefined) continue;
    if (major === 3 && minor >= oldest[1] && minor <= newest[1]) return { command, version: [major, minor] };
  }
  throw new NoInterpreter(
    `no Python ${oldest.join('.')} to ${newest.join('.')} on the PATH. Install one, or name it in CELERIAC_PYTHON.`,
  );
};

/** Debian ships `venv` without the `ensurepip` that it needs; there are three ways around that. */
const createEmpty = async (python: string, folder: string, say: Say): Promise<void> => {
  mkdirSync(dirname(folder), { recursive: true });
  const hasEnsurePip = async () => (await run(python, ['-c', 'import ensurepip'])).code === 0;
  if (!(await hasEnsurePip())) await installDebianPackages(['python3-venv'], say);
  if (await hasEnsurePip()) return venv(python, [folder]);
  await venv(python, ['--without-pip', folder]);
  await bootstrapPip(python, folder, say);
};

const venv = async (python: string, args: readonly string[]): Promise<void> => {
  const done = await run(python, ['-m', 'venv', ...args]);
  if (done.code !== 0) throw new Error(`${python} -m venv failed: ${lastLines(done.output)}. Install python3-venv.`);
};

const bootstrapPip = async (python: string, folder: string, say: Say): Promise<void> => {
  const systemPip = await run(python, ['-m', 'pip', '--python', venvPython(folder), 'install', '--quiet', 'pip']);
  if (systemPip.code === 0) return;
  say('Python has no pip of its own here; fetching it from PyPI …');
  const done = await run(venvPython(folder), ['-c', fetchPip]);
  if (done.code !== 0)
    throw new Error(
      `Python has neither ensurepip nor pip (${lastLines(done.output, 1)}). Install with: sudo apt-get install python3-venv`,
    );
};

/** pip is a wheel, and a wheel can be run as it is to install itself. */
const fetchPip = `
import hashlib, re, subprocess, sys, tempfile, os, urllib.parse, urllib.request
index = (os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple").rstrip("/") + "/pip/"
page = urllib.request.urlopen(index, timeout=20).read().decode()
link = re.search(r'href="([^"#]*pip-25\\.3-py3-none-any\\.whl)', page).group(1)
wheel = urllib.request.urlopen(urllib.parse.urljoin(index, link), timeout=60).read()
if hashlib.sha256(wheel).hexdigest() != "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd":
    sys.exit("the checksum of the pip wheel is wrong")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "pip-25.3-py3-none-any.whl")
    open(path, "wb").write(wheel)
    sys.exit(subprocess.call([sys.executable, path + "/pip", "install", "--quiet", "--no-index", path]))
`;

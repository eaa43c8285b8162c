import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages } from './debian.ts';
import { withLock } from './lock.ts';
import { hashOf, isInstalled, makeVenv, NoInterpreter, pipInstall, run, type VenvPlan, venvPython } from './venv.ts';

/** Newest first. */
export const celeryVersions = ['5.7', '5.6', '5.4', '5.2'] as const;
export type CeleryVersion = (typeof celeryVersions)[number];

/** What people install today: demo, tests and measurements run on it unless they ask for another. */
export const usualCelery: CeleryVersion = '5.7';
/** For a Python that is too old for the usual one. */
const celeryForOldPythons: CeleryVersion = '5.6';

/** A Python that has Celery. */
export interface PythonEnv {
  /** The version that is really there: "5.7.0", or Debian's where PyPI was out of reach. */
  readonly version: string;
  readonly python: string;
  /** The command `celery`, to be followed by its arguments. */
  readonly celery: readonly string[];
}

type Say = (sentence: string) => void;

const here = dirname(fileURLToPath(import.meta.url));
const tools = join(here, '..', '..', '.tools', 'python');
const requirementsOf = (name: string): string => join(here, `${name}.txt`);
const environment = (version: string, python: string): PythonEnv => ({
  version,
  python,
  celery: [python, '-m', 'celery'],
});

// Celery 5.2 calls entry_points().get(), which Python 3.12 has no longer.
const oldestPython = { '5.2': 9, '5.4': 9, '5.6': 9, '5.7': 10 } as const;
const newestPython = { '5.2': 11, '5.4': 13, '5.6': 14, '5.7': 14 } as const;

const planOf = (version: CeleryVersion): VenvPlan => ({
  folder: join(tools, `celery-${version}`),
  requirements: requirementsOf(`celery-${version}`),
  oldest: [3, oldestPython[version]],
  newest: [3, newestPython[version]],
});

/**
 * The project's own Python with a pinned Celery. The first call makes it from PyPI; later ones take milliseconds and
 * need no network. Where PyPI is out of reach, Debian's python3-celery stands in for the usual version; where Python is too
 * old for that, the version before it does.
 */
export const ensurePython = async (
  version: CeleryVersion = usualCelery,
  say: Say = console.log,
): Promise<PythonEnv> => {
  const plan = planOf(version);
  return (
    ready(plan, version) ??
    withLock(`${plan.folder}.lock`, async () => ready(plan, version) ?? make(plan, version, say))
  );
};

const ready = (plan: VenvPlan, version: CeleryVersion): PythonEnv | undefined =>
  isInstalled(plan.folder, plan.requirements)
    ? environment(pinnedVersion(plan.requirements, 'celery'), venvPython(plan.folder))
    : rememberedDebian(plan, version);

const make = async (plan: VenvPlan, version: CeleryVersion, say: Say): Promise<PythonEnv> => {
  try {
    await makeVenv(plan, say);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const other = (await earlier(plan, reason, say)) ?? (await forOldPython(version, error, say));
    return other ?? (await standIn(plan, version, reason, say));
  }
  const made = environment(pinnedVersion(plan.requirements, 'celery'), venvPython(plan.folder));
  say(`Celery ${made.version} is in ${plan.folder}.`);
  return made;
};

const forOldPython = async (version: CeleryVersion, error: unknown, say: Say): Promise<PythonEnv | undefined> => {
  if (version !== usualCelery || !(error instanceof NoInterpreter)) return undefined;
  say(`${error.message} Celery ${celeryForOldPythons} takes the place of ${version}.`);
  return ensurePython(celeryForOldPythons, say).catch(() => undefined);
};

/** What an older set of requirements has left: better than nothing while PyPI is away. */
const earlier = async (plan: VenvPlan, reason: string, say: Say): Promise<PythonEnv | undefined> => {
  const version = await celeryVersionOf(venvPython(plan.folder));
  if (version === undefined) return undefined;
  say(`${reason}; going on with Celery ${version}, which is there from before.`);
  return environment(version, venvPython(plan.folder));
};

const standIn = async (plan: VenvPlan, version: CeleryVersion, reason: string, say: Say): Promise<PythonEnv> => {
  const debian = await debianCelery(version, say);
  if (debian === undefined) {
    const otherwise = version === usualCelery ? ", or install Debian's python3-celery and python3-redis" : '';
    throw new Error(`No Celery ${version}: ${reason}. Make PyPI reachable${otherwise}, then try again.`);
  }
  say(`${reason}; using Debian's Celery ${debian.version}. Remove ${tools} to try PyPI again.`);
  if (!supportsFilesystemControl(debian.version))
    say('With it, workers on the filesystem broker can be neither seen nor controlled; use Redis or RabbitMQ.');
  mkdirSync(tools, { recursive: true });
  writeFileSync(debianNote(plan), JSON.stringify({ requirements: hashOf(plan.requirements), version: debian.version }));
  return debian;
};

const celeryVersionOf = async (python: string): Promise<string | undefined> => {
  const done = await run(python, ['-c', 'import celery, redis; print(celery.__version__)']);
  return done.code === 0 ? done.output : undefined;
};

const systemPython = '/usr/bin/python3';

const debianCelery = async (version: CeleryVersion, say: Say): Promise<PythonEnv | undefined> => {
  if (version !== usualCelery && version !== '5.2') return undefined;
  const found = await celeryVersionOf(systemPython);
  if (found === undefined) await installDebianPackages(['python3-celery', 'python3-redis', 'python3-debugpy'], say);
  const actual = found ?? (await celeryVersionOf(systemPython));
  if (actual === undefined) return undefined;
  return mayStandIn(actual, version) ? environment(actual, systemPython) : undefined;
};

/** Only the usual one may be another version than asked for: a matrix that tests the wrong version is a lie. */
const mayStandIn = (actual: string, version: CeleryVersion): boolean =>
  version === usualCelery || actual.startsWith(version);

/** Remembers that PyPI was out of reach, so that the next call does not wait for it again. */
const debianNote = (plan: VenvPlan): string => `${plan.folder}.debian.json`;

const rememberedDebian = (plan: VenvPlan, version: CeleryVersion): PythonEnv | undefined => {
  const note = debianNote(plan);
  if (!existsSync(note) || !existsSync(systemPython)) return undefined;
  const { requirements, version: actual }: { requirements?: unknown; version?: unknown } = JSON.parse(
    readFileSync(note, 'utf8'),
  );
  if (requirements !== hashOf(plan.requirements) || typeof actual !== 'string') return undefined;
  return mayStandIn(actual, version) ? environment(actual, systemPython) : undefined;
};

/** kombu's filesystem transport learned fanout, which control and events need, in 5.3. */
const supportsFilesystemControl = (version: string): boolean => !/^5\.[012]\./.test(version);

/** Flower, for comparison in the benchmark: an environment of its own, with the Celery it is measured on. */
export const ensureFlower = async (say: Say = console.log): Promise<PythonEnv> => {
  const plan: VenvPlan = {
    folder: join(tools, 'flower-2.2'),
    requirements: requirementsOf('flower-2.2'),
    oldest: [3, 11],
    newest: [3, 14],
  };
  if (!isInstalled(plan.folder, plan.requirements))
    await withLock(`${plan.folder}.lock`, async () => {
      if (!isInstalled(plan.folder, plan.requirements)) await makeVenv(plan, say);
    });
  return environment(pinnedVersion(plan.requirements, 'celery'), venvPython(plan.folder));
};

/** Adds gevent and eventlet to an environment from `ensurePython`. */
export const ensurePools = async (env: PythonEnv, say: Say = console.log): Promise<void> => {
  if (env.python === systemPython)
    throw new Error("gevent and eventlet need an environment from PyPI, not Debian's Python.");
  const folder = dirname(dirname(env.python));
  const requirements = requirementsOf('pools');
  if (isInstalled(folder, requirements)) return;
  await withLock(`${folder}.lock`, async () => {
    if (isInstalled(folder, requirements)) return;
    say(`adding gevent and eventlet to ${folder} …`);
    await pipInstall(folder, requirements);
  });
};

const pinnedVersion = (requirements: string, name: string): string => {
  const line = readFileSync(requirements, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}==`));
  if (line === undefined) throw new Error(`${requirements} does not pin ${name}`);
  return line.slice(name.length + 2).split(' ')[0] ?? '';
};

import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CeleryVersion, ensurePools, ensurePython, type PythonEnv } from '../../scripts/setup/python.ts';
import type { Broker } from './broker.ts';
import { type Execution, execute } from './execute.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const say = (sentence: string): void => void process.stderr.write(`lab: ${sentence}\n`);

/** Whatever Python code of the lab runs with. */
export interface PythonOptions {
  readonly broker: Broker;
  /** Exactly this Celery; without it, whichever the project has (the usual one, or Debian's). */
  readonly celery?: CeleryVersion;
  /** Celery's result_backend; by default the same Redis, or files in the lab's folder. */
  readonly resultBackend?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const pythonFor = async (celery: CeleryVersion | undefined, pool?: string): Promise<PythonEnv> => {
  try {
    const env = await ensurePython(celery, say);
    if (celery !== undefined && !env.version.startsWith(`${celery}.`))
      throw new Error(`there is only Celery ${env.version}, not ${celery}`);
    if (pool === 'gevent' || pool === 'eventlet') await ensurePools(env, say);
    return env;
  } catch (error) {
    throw new LabLacks(error instanceof Error ? error.message : String(error));
  }
};

/** The environment in which the shop and the lab's tasks are importable and find this broker (demo/shop/settings.py). */
export const pythonEnvironment = (
  keeper: Keeper,
  { broker, resultBackend, env }: PythonOptions,
): Record<string, string> => {
  const data = join(keeper.folder, 'shop');
  mkdirSync(data, { recursive: true });
  const json = (name: string, value: unknown) => (value === undefined ? {} : { [name]: JSON.stringify(value) });
  return {
    PYTHONPATH: [at('../../demo'), at('python')].join(delimiter),
    PYTHONUNBUFFERED: '1',
    SHOP_DATA: data,
    SHOP_SPEED: '0',
    CELERY_BROKER_URL: broker.url,
    ...json('CELERY_BROKER_TRANSPORT_OPTIONS', broker.transportOptions),
    ...json('CELERY_BROKER_USE_SSL', broker.useSsl),
    ...(resultBackend === undefined ? {} : { CELERY_RESULT_BACKEND: resultBackend }),
    ...env,
  };
};

export interface ScriptOptions extends PythonOptions {
  /** A script's path, or the code itself. */
  readonly code: string;
  readonly args?: readonly string[];
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Runs a script (a path, or the code itself) with the lab's app importable. */
export const runPython = async (keeper: Keeper, options: ScriptOptions): Promise<Execution> => {
  const { python } = await pythonFor(options.celery);
  const code = existsSync(options.code) ? [options.code] : ['-c', options.code];
  return run(keeper, python, [...code, ...(options.args ?? [])], options);
};

/** `celery -A lab_app …` to its end. */
export const runCelery = async (
  keeper: Keeper,
  options: PythonOptions & { readonly args: readonly string[]; readonly timeoutMs?: number },
): Promise<Execution> => {
  const { celery } = await pythonFor(options.celery);
  const [command = '', ...head] = celery;
  return run(keeper, command, [...head, '-A', 'lab_app', ...options.args], options);
};

const run = (
  keeper: Keeper,
  command: string,
  args: readonly string[],
  options: PythonOptions & { readonly input?: string; readonly timeoutMs?: number },
): Promise<Execution> =>
  execute(command, args, {
    env: pythonEnvironment(keeper, options),
    cwd: keeper.folder,
    keeper,
    ...(options.input === undefined ? {} : { input: options.input }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  });

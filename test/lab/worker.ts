import { join } from 'node:path';
import type { Faults } from './broker.ts';
import type { Keeper } from './keeper.ts';
import { type PythonOptions, pythonEnvironment, pythonFor } from './python.ts';
import { Server } from './server.ts';
import { until } from './until.ts';

export interface WorkerOptions extends PythonOptions {
  readonly pool?: 'prefork' | 'solo' | 'threads' | 'gevent' | 'eventlet';
  readonly concurrency?: number;
  /** The part before the @, or a whole nodename. */
  readonly name?: string;
  /** false: the worker sends no task events. */
  readonly events?: boolean;
  /** Without it, all queues of the shop. */
  readonly queues?: readonly string[];
  readonly args?: readonly string[];
}

export interface LabWorker extends Faults {
  readonly hostname: string;
  /** The Celery it runs on: "5.7.0". */
  readonly version: string;
  readonly isRunning: boolean;
  /** Its log since the last start. */
  output(): string;
}

/** Starts a worker of the lab's app; resolves when it says that it is ready. */
export const startWorker = async (keeper: Keeper, fallbackName: string, options: WorkerOptions): Promise<LabWorker> => {
  const python = await pythonFor(options.celery, options.pool);
  const name = options.name ?? fallbackName;
  const hostname = name.includes('@') ? name : `${name}@lab`;
  const [command = '', ...head] = python.celery;
  const withoutEvents = options.events === false ? { LAB_TASK_EVENTS: 'off' } : {};
  const server = new Server(keeper, {
    name: `worker ${hostname}`,
    command,
    args: [...head, '-A', 'lab_app', 'worker', ...workerArguments(hostname, options)],
    env: { ...withoutEvents, ...pythonEnvironment(keeper, options) },
    log: join(keeper.folder, `worker-${hostname}.log`),
  });
  const start = async (): Promise<void> => {
    await server.start(() => server.output().includes(`${hostname} ready.`), 60_000);
    // One without remote control never opens a mailbox.
    if (hasLateMailbox(options.broker.url))
      await until('its mailbox is open', () => server.output().includes(mailboxIsOpen), 3_000).catch(() => undefined);
  };
  await start();
  return {
    hostname,
    version: python.version,
    get isRunning() {
      return server.isRunning;
    },
    get pid() {
      return server.pid;
    },
    start,
    output: () => server.output(),
    stop: () => server.stop(),
    kill: () => server.kill(),
    pause: () => server.pause(),
    resume: () => server.resume(),
  };
};

/** As lab_app.py says it. */
const mailboxIsOpen = 'lab: the mailbox is open';

const hasLateMailbox = (url: string): boolean => /^(redis|sentinel)/.test(url);

const workerArguments = (hostname: string, options: WorkerOptions): string[] => [
  '--loglevel=INFO',
  `--hostname=${hostname}`,
  `--pool=${options.pool ?? 'prefork'}`,
  `--concurrency=${options.concurrency ?? 1}`,
  ...(options.events === false ? [] : ['--task-events']),
  ...(options.queues ? [`--queues=${options.queues.join(',')}`] : []),
  ...(options.args ?? []),
];

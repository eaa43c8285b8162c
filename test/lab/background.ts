import { join } from 'node:path';
import type { Faults } from './broker.ts';
import type { Keeper } from './keeper.ts';
import { type PythonOptions, pythonEnvironment, pythonFor } from './python.ts';
import { Server } from './server.ts';

export interface BackgroundOptions extends PythonOptions {
  /** What follows `python`: ['-m', 'shop.traffic'], ['-m', 'celery', '-A', 'shop', 'beat']. */
  readonly args: readonly string[];
  /** It is up when this text has appeared in its output. */
  readonly readyWhen: string;
}

export interface LabBackground extends Faults {
  readonly isRunning: boolean;
  output(): string;
}

/** A Python program that is neither a worker nor soon over: traffic, beat, a monitor. */
export const startBackground = async (
  keeper: Keeper,
  name: string,
  options: BackgroundOptions,
): Promise<LabBackground> => {
  const { python } = await pythonFor(options.celery);
  const server = new Server(keeper, {
    name,
    command: python,
    args: options.args,
    env: pythonEnvironment(keeper, options),
    log: join(keeper.folder, `${name}.log`),
  });
  const start = () => server.start(() => server.output().includes(options.readyWhen));
  await start();
  return {
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

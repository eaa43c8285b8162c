import { fileURLToPath } from 'node:url';
import type { CeleryVersion } from '../../scripts/setup/python.ts';
import type { Broker, Lab } from './lab.ts';

interface Observation {
  /** The types of all events that were heard, each once. */
  readonly types: readonly string[];
  /** The workers that were heard of. */
  readonly hostnames: readonly string[];
  readonly result: unknown;
}

const script = fileURLToPath(new URL('python/observe.py', import.meta.url));

/** What Celery's own event receiver hears while one task is sent and done. */
export const observe = async (
  lab: Lab,
  broker: Broker,
  task: string,
  args: readonly unknown[],
  celery?: CeleryVersion,
): Promise<Observation> => {
  const version = celery === undefined ? {} : { celery };
  const words = [task, ...args.map((one) => JSON.stringify(one))];
  const { stdout, stderr, code } = await lab.python({ broker, code: script, args: words, ...version });
  if (code !== 0) throw new Error(stderr.slice(-3000));
  // Our own script, three lines away.
  return JSON.parse(stdout) as Observation;
};

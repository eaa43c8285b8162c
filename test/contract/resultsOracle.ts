import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TaskResult } from '../../server/api/results.ts';
import { readTaskIds } from '../../server/celery/resultTuple.ts';
import type { ResultReader } from '../../server/results/resultReader.ts';
import type { Lab } from '../lab/lab.ts';

/** Results that Celery has made, and what its own `AsyncResult` says of them. */
export interface Oracle {
  readonly ids: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly said: Readonly<Record<string, Said>>;
}

type Said = Readonly<Record<string, unknown>>;

export const askOracle = async (lab: Lab, options: Omit<Parameters<Lab['python']>[0], 'code'>): Promise<Oracle> => {
  const code = join(import.meta.dirname, 'resultsOracle.py');
  const { stdout, stderr, code: exit } = await lab.python({ timeoutMs: 60_000, ...options, code });
  assert.equal(exit, 0, stderr.slice(-3000));
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};

export const idOf = ({ ids }: Oracle, name: string): string => ids[name] ?? assert.fail(`no task ${name}`);

/** The reader's answer in the oracle's words. */
export const inCeleryWords = (result: TaskResult): Said => {
  const { status, traceback, dateDone, name, args, kwargs, worker, retries, queue, children } = result;
  const childIds = Array.isArray(children) ? children.flatMap((child) => readTaskIds(child) ?? ['unread']) : [];
  return {
    status,
    result: shownValue(result),
    traceback,
    children: childIds,
    dateDone,
    name,
    args,
    kwargs,
    worker,
    retries,
    queue,
  };
};

const shownValue = ({ result }: TaskResult): unknown => {
  if (result.kind === 'exception') return { exception: result.type, message: result.message };
  return result.kind === 'json' ? result.value : result;
};

/** Everything that Celery says of these tasks the reader says too. */
export const assertSameAsCelery = async (
  reader: ResultReader,
  oracle: Oracle,
  names: readonly string[] = Object.keys(oracle.said),
): Promise<void> => {
  for (const name of names)
    assert.deepEqual(inCeleryWords(await reader.get(idOf(oracle, name))), oracle.said[name], name);
};

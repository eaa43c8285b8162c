import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { listenSnippet } from '../../extension/debug/python/listenSnippet.ts';
import { freePort } from './freePort.ts';
import type { Lab } from './lab.ts';
import type { LabWorker, WorkerOptions } from './worker.ts';

const module = 'listens_for_debugger';
const importable = [join(import.meta.dirname, '../../demo'), join(import.meta.dirname, 'python')];

/** A worker of an app that holds what the product offers to insert, and the port of its first process. */
export const listeningWorker = async (
  lab: Lab,
  options: Omit<WorkerOptions, 'env' | 'queues'>,
): Promise<{ readonly worker: LabWorker; readonly base: number }> => {
  const base = await freePort();
  writeFileSync(join(lab.folder, `${module}.py`), listenSnippet);
  const env = { PYTHONPATH: [...importable, lab.folder].join(delimiter), CELERIAC_DEBUG_PORT: String(base) };
  const args = ['--include', module, ...(options.args ?? [])];
  return { worker: await lab.worker({ ...options, queues: ['default'], env, args }), base };
};

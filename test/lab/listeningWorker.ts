import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { insertListening } from '../../extension/debug/debugpy/insertListening.ts';
import { freePort } from './freePort.ts';
import type { Lab } from './lab.ts';
import type { LabWorker, WorkerOptions } from './worker.ts';

const module = 'listens_for_debugger';
const importable = [join(import.meta.dirname, '../../demo'), join(import.meta.dirname, 'python')];

const tasks = `from lab_app import app


@app.task(name="lab.listening")
def listening():
    return "listening"
`;

/** The file as it is once the quick fix has been applied. */
const withListening = (source: string): string => {
  const lines = source.split('\n');
  for (const { line, text } of (insertListening(source) ?? []).toReversed()) lines[line] = text + (lines[line] ?? '');
  return lines.join('\n');
};

/** A worker of an app that holds what the quick fix inserts, and the port of its first process. */
export const listeningWorker = async (
  lab: Lab,
  options: Omit<WorkerOptions, 'env' | 'queues'>,
): Promise<{ readonly worker: LabWorker; readonly base: number }> => {
  const base = await freePort();
  writeFileSync(join(lab.folder, `${module}.py`), withListening(tasks));
  const env = { PYTHONPATH: [...importable, lab.folder].join(delimiter), CELERIAC_DEBUG_PORT: String(base) };
  const args = ['--include', module, ...(options.args ?? [])];
  return { worker: await lab.worker({ ...options, queues: ['default'], env, args }), base };
};

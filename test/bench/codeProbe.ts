import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { CodeParams } from '../../server/api/code.ts';
import { WorkspaceThread } from '../../server/faces/lsp/workspaceThread.ts';

/** What one process measures of a folder; printed as JSON. */
export interface CodeFigures {
  readonly tasks: number;
  readonly problems: number;
  readonly firstMs: number;
  readonly firstPeakBytes: number;
  readonly keystrokeMs: readonly number[];
  readonly peakBytes: number;
  readonly restBytes: number;
  readonly stallMs: number;
}

const keystrokes = 100;
/** The thread tidies up after three seconds without a question. */
const restMs = 5_000;

/** Reads a workspace as the backend does, then types in a function of one of its files. */
const probe = async (workerFile: string, folder: string, typed: string): Promise<CodeFigures> => {
  const thread = new WorkspaceThread({ workerFile });
  const { handlers } = thread.area();
  const about: CodeParams = { folders: [folder], unsaved: [], revision: 1 };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  const tasks = await handlers.codeTasks({ ...about, file: null });
  const firstMs = performance.now() - startedAt;
  const firstPeakBytes = memory('VmHWM');
  const { problems } = await handlers.codeProblems({ ...about, rules: {} });
  const file = join(folder, typed);
  const text = readFileSync(file, 'utf8');
  const keystrokeMs: number[] = [];
  for (let stroke = 0; stroke < keystrokes; stroke++) {
    const at = text.lastIndexOf('\n    return');
    const edited = `${text.slice(0, at)}\n    ${'x'.repeat((stroke % 40) + 1)} = 1${text.slice(at)}`;
    const before = performance.now();
    await handlers.codeProblems({ ...about, rules: {}, unsaved: [{ file, text: edited }] });
    keystrokeMs.push(performance.now() - before);
  }
  delay.disable();
  const peakBytes = memory('VmHWM');
  await setTimeout(restMs);
  const stallMs = delay.max / 1e6;
  return {
    tasks: tasks.length,
    problems: problems.length,
    firstMs,
    firstPeakBytes,
    keystrokeMs,
    peakBytes,
    restBytes: memory('VmRSS'),
    stallMs,
  };
};

/** `VmHWM`: the most that this process ever had; `VmRSS`: what it has. */
const memory = (field: 'VmHWM' | 'VmRSS'): number => {
  const line = readFileSync('/proc/self/status', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(field));
  return Number.parseInt(line?.split(':')[1] ?? '', 10) * 1_024;
};

const main = async ([workerFile = '', folder = '', typed = '']: readonly string[]): Promise<void> => {
  // The thread alone would not keep the process.
  setInterval(() => undefined, 60_000);
  console.log(JSON.stringify(await probe(workerFile, folder, typed)));
  process.exit(0);
};

void main(process.argv.slice(2));

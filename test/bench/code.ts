import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backendNodeFlags } from '../../server/api/backendProcess.ts';
import { execute } from '../lab/execute.ts';
import { bundle } from '../workbench/harness/bundle.ts';
import type { CodeFigures } from './codeProbe.ts';
import type { BenchContext } from './context.ts';
import { megabytes } from './report.ts';

const linesEach = 120;
const filesEach = 100;
/** One file in so many has a task. */
const tasksEvery = 10;

const targets = { firstMs: 5_000, megabytes: 150, keystrokeMs: 100, stallMs: 20 };

/** How long a workspace takes until its tasks are known, what it costs, and how soon what is typed has its problems. */
export const benchCode = async ({ quick, say, report }: BenchContext): Promise<void> => {
  const files = quick ? 1_000 : 5_000;
  say(`code: a workspace of ${files} Python files, with and without Celery`);
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-bench-code-'));
  try {
    const [withCelery, without] = [join(folder, 'with'), join(folder, 'without')];
    writeWorkspace(withCelery, files, true);
    writeWorkspace(without, files, false);
    const [worker, program] = [join(folder, 'workspaceWorker.js'), join(folder, 'codeProbe.js')];
    const root = join(import.meta.dirname, '../..');
    await bundle(join(root, 'server/faces/lsp/workspaceWorker.ts'), worker);
    await bundle(join(import.meta.dirname, 'codeProbe.ts'), program);
    const probe = (workspace: string): Promise<CodeFigures> =>
      measure(program, [worker, workspace, 'pkg0/module10.py']);
    const figures = await probe(withCelery);
    const idle = await probe(without);
    reportFigures(figures, idle, files, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const reportFigures = (
  { tasks, firstMs, firstPeakBytes, keystrokeMs, peakBytes, restBytes, stallMs }: CodeFigures,
  idle: CodeFigures,
  files: number,
  report: BenchContext['report'],
): void => {
  const line = (what: string, value: number, unit: string, target: number | null): void =>
    report({
      bench: 'code',
      what,
      measured: `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`,
      target: target === null ? '' : `<= ${target} ${unit}`,
      reached: target === null ? null : value <= target,
      figures: { value },
    });
  const sorted = keystrokeMs.toSorted((a, b) => a - b);
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
  line(`first index: ${files} files, ${files * linesEach} lines, ${tasks} tasks`, firstMs, 'ms', targets.firstMs);
  line('memory of the process at rest, after problems and typing', megabytes(restBytes), 'MB', targets.megabytes);
  line('  its peak during the first index', megabytes(firstPeakBytes), 'MB', null);
  line('  its peak while typing', megabytes(peakBytes), 'MB', null);
  line('keystroke in a function to its problems, p95', p95, 'ms', targets.keystrokeMs);
  line('longest stall of what reads events', stallMs, 'ms', targets.stallMs);
  line('the same files without Celery: read, not parsed', idle.firstMs, 'ms', null);
  line('memory without Celery', megabytes(idle.firstPeakBytes), 'MB', null);
};

const measure = async (program: string, words: readonly string[]): Promise<CodeFigures> => {
  const done = await execute(process.execPath, [...backendNodeFlags, program, ...words], { timeoutMs: 300_000 });
  if (done.code !== 0) throw new Error(`codeProbe.ts failed: ${done.stderr}`);
  return JSON.parse(done.stdout);
};

const writeWorkspace = (folder: string, files: number, hasCelery: boolean): void => {
  for (let at = 0; at < files; at++) {
    const parent = join(folder, `pkg${Math.floor(at / filesEach)}`);
    if (at % filesEach === 0) {
      mkdirSync(parent, { recursive: true });
      writeFileSync(join(parent, '__init__.py'), '');
    }
    writeFileSync(join(parent, `module${at}.py`), textOf(at, hasCelery && at % tasksEvery === 0));
  }
  writeFileSync(join(folder, 'pyproject.toml'), '');
};

const textOf = (at: number, hasTask: boolean): string => {
  const lines = hasTask
    ? [
        'from celery import shared_task',
        'from pkg0 import module0',
        '',
        '@shared_task(max_retries=3)',
        `def job_${at}(order, amount=1):`,
        '    module0.job_0.delay(order)',
        '    return order',
        '',
      ]
    : ['import os', 'from pkg0 import module0', ''];
  for (let number = 0; lines.length < linesEach - 8; number++)
    lines.push(
      `def compute_${number}(alpha, beta=None, *args, **kwargs):`,
      `    """Does something with {${number}}."""`,
      '    result = {"key": alpha, "other": [each for each in range(10) if each % 2]}',
      '    if beta is not None and alpha > 3:',
      `        result["value"] = combine(alpha, beta, mode="fast", size=${number})`,
      '    for item in result.items():',
      '        print(f"{item} and {alpha!r}", end="")',
      '    return result',
      '',
    );
  while (lines.length < linesEach) lines.push('');
  return `${lines.join('\n')}\n`;
};

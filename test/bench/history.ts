import { join } from 'node:path';
import { execute } from '../lab/execute.ts';
import type { BenchContext } from './context.ts';

const shareTarget = 15;
const openTargetMs = 1_000;

/** What keeping history costs: history.bench.ts in a process of its own, as far as its lines are read here. */
export const benchHistory = async ({ quick, say, report }: BenchContext): Promise<void> => {
  const [tasks, seconds] = quick ? [200_000, 5] : [1_000_000, 10];
  say(`history: ${tasks} tasks on disk, then 5,000 ends a second for ${seconds} s`);
  const program = join(import.meta.dirname, 'history.bench.ts');
  const done = await execute(process.execPath, [program, String(tasks), String(seconds)], { timeoutMs: 600_000 });
  if (done.code !== 0) throw new Error(`history.bench.ts failed: ${done.stderr}`);
  const figures = done.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Figures);
  const written = figures.find(({ what }) => what.endsWith('own thread'));
  const read = figures.find(({ what }) => what === 'read');
  if (!written || !read) throw new Error(`history.bench.ts said too little: ${done.stdout}`);
  const share = written.historyPercentOfACore ?? Number.NaN;
  report({
    bench: 'history',
    what: `${Math.round(written.reachedPerSecond ?? 0)} task ends a second written: share of a core`,
    measured: `${share.toFixed(1)} %, ${written.dropped} dropped`,
    target: `< ${shareTarget} %`,
    reached: share < shareTarget && written.dropped === 0,
    figures: { share },
  });
  report({
    bench: 'history',
    what: `a file with ${read.held} tasks: open, and the first page`,
    measured: `${read.openMs?.toFixed(0)} ms, ${read.openAndFirstPageMs?.toFixed(0)} ms`,
    target: `< ${openTargetMs / 1_000} s`,
    reached: (read.openAndFirstPageMs ?? Number.NaN) < openTargetMs,
    figures: read.pageMs ?? {},
  });
};

interface Figures {
  readonly what: string;
  readonly reachedPerSecond?: number;
  readonly historyPercentOfACore?: number;
  readonly dropped?: number;
  readonly held?: number;
  readonly openMs?: number;
  readonly openAndFirstPageMs?: number;
  readonly pageMs?: Readonly<Record<string, number>>;
}

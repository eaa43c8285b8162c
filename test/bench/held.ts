import { join } from 'node:path';
import { execute } from '../lab/execute.ts';
import type { BenchContext } from './context.ts';
import { median } from './report.ts';

const costTarget = 1.3;
const pageTarget = 100;
const few = 10_000;

/** One JSON object that state.bench.ts prints, as far as it is read here. */
interface StateFigures {
  readonly held: number;
  readonly microsPerEvent: { readonly decodeAndState: number };
  readonly queryMs: Readonly<Record<string, number>>;
}

/** Whether events and pages stay cheap when very many tasks are held: the state by itself, in a process of its own. */
export const benchHeld = async ({ quick, say, report }: BenchContext): Promise<void> => {
  const many = quick ? 200_000 : 1_000_000;
  say(`held: ${few} tasks, ${many}, and ${few} again`);
  const sizes = [few, many, few].map(String);
  const program = join(import.meta.dirname, 'state.bench.ts');
  const done = await execute(process.execPath, ['--expose-gc', program, ...sizes], { timeoutMs: 300_000 });
  if (done.code !== 0) throw new Error(`state.bench.ts failed: ${done.stderr}`);
  const figures = readFigures(done.stdout);
  const small = median(figures.filter(({ held }) => held === few).map(costOf));
  const large = figures.find(({ held }) => held === many);
  if (!large) throw new Error(`state.bench.ts did not measure ${many} tasks: ${done.stdout}`);
  const ratio = costOf(large) / small;
  report({
    bench: 'held',
    what: `CPU per event (decode and state): ${many} tasks held / ${few} held`,
    measured: `${costOf(large).toFixed(2)} us / ${small.toFixed(2)} us = ${ratio.toFixed(2)} x`,
    target: `<= ${costTarget} x`,
    reached: ratio <= costTarget,
    figures: { fewMicros: small, manyMicros: costOf(large) },
  });
  const [slowest = '', slowestMs = Number.NaN] = Object.entries(large.queryMs).toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const late = Object.values(large.queryMs).filter((ms) => ms > pageTarget).length;
  const queries = Object.keys(large.queryMs).length;
  report({
    bench: 'held',
    what: `a page of tasks at ${many} held, the slowest of ${queries} kinds of query`,
    measured: `${slowestMs.toFixed(0)} ms (${slowest}; ${late} of ${queries} above the target)`,
    target: `<= ${pageTarget} ms`,
    reached: slowestMs <= pageTarget,
    figures: large.queryMs,
  });
};

const costOf = ({ microsPerEvent }: StateFigures): number => microsPerEvent.decodeAndState;

/** The objects follow one another, each ending with a brace of its own line. */
const readFigures = (output: string): StateFigures[] =>
  output
    .split(/(?<=^\})\n/m)
    .filter((text) => text.trim() !== '')
    .map((text): StateFigures => JSON.parse(text));

import { join } from 'node:path';
import { root } from '../../scripts/execute.ts';
import { execute } from '../lab/execute.ts';
import type { BenchContext } from './context.ts';
import { median } from './report.ts';

/** Start-up and answer of a command against a live worker, the whole process from its start to its exit. */
export const benchCommands = async ({ lab, quick, say, report }: BenchContext): Promise<void> => {
  const runs = quick ? 3 : 5;
  const built = await execute(process.execPath, [join(root, 'scripts', 'build.mjs')]);
  if (built.code !== 0) throw new Error(`the build failed: ${built.stderr}`);
  const broker = await lab.redis();
  const worker = await lab.worker({ broker, name: 'answering' });
  const celeriac = (): Promise<string> =>
    output(execute(process.execPath, [join(root, 'dist', 'cli.js'), 'status', '--broker', broker.url]));
  const celery = (args: readonly string[]) => (): Promise<string> => output(lab.celery({ broker, args }));
  const contestants = [
    { name: 'celeriac status', run: celeriac, seconds: [] as number[] },
    { name: 'celery status', run: celery(['status']), seconds: [] as number[] },
    { name: 'celery inspect ping', run: celery(['inspect', 'ping']), seconds: [] as number[] },
  ];
  for (let round = 0; round < runs; round++) {
    say(`commands: round ${round + 1} of ${runs}`);
    for (const { run, seconds, name } of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const startedAt = performance.now();
      const said = await run();
      seconds.push((performance.now() - startedAt) / 1000);
      if (!said.includes(worker.hostname)) throw new Error(`${name} did not name the worker: ${said}`);
    }
  }
  await worker.stop();
  const [own, ...others] = contestants;
  if (!own) return;
  for (const other of others) {
    const [ours, theirs] = [median(own.seconds), median(other.seconds)];
    report({
      bench: 'commands',
      what: `from start to exit: ${own.name} / ${other.name}`,
      measured: `${ours.toFixed(2)} s / ${theirs.toFixed(2)} s = 1/${(theirs / ours).toFixed(1)}`,
      target: 'for comparison',
      reached: null,
      figures: { [own.name]: own.seconds, [other.name]: other.seconds },
    });
  }
};

const output = async (execution: ReturnType<typeof execute>): Promise<string> => {
  const { code, stdout, stderr } = await execution;
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr || stdout}`);
  return stdout;
};

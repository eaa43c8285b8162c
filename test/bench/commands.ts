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
  const celeriac = (args: readonly string[]) => (): Promise<string> =>
    output(execute(process.execPath, [join(root, 'dist', 'cli.js'), ...args, '--broker', broker.url]));
  const celery = (args: readonly string[]) => (): Promise<string> => output(lab.celery({ broker, args }));
  const bare = (args: readonly string[]) => (): Promise<string> => output(execute(process.execPath, args));
  const starts = [
    { name: 'celeriac --help', run: bare([join(root, 'dist', 'cli.js'), '--help']), seconds: [] as number[] },
    { name: 'node -e 0', run: bare(['-e', '0']), seconds: [] as number[] },
  ];
  for (let round = 0; round < runs * 4; round++)
    for (const { run, seconds } of round % 2 === 0 ? starts : starts.toReversed()) {
      const startedAt = performance.now();
      await run();
      seconds.push((performance.now() - startedAt) / 1000);
    }
  reportStart(starts, report);
  const contestants = [
    { name: 'celeriac inspect ping', run: celeriac(['inspect', 'ping']), seconds: [] as number[] },
    { name: 'celeriac status', run: celeriac(['status']), seconds: [] as number[] },
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
  const [ownPing, ownStatus, status, ping] = contestants;
  if (!ownPing || !ownStatus || !status || !ping) return;
  for (const [own, other, share] of [
    [ownStatus, status, null],
    [ownPing, ping, 10],
  ] as const) {
    const [ours, theirs] = [median(own.seconds), median(other.seconds)];
    report({
      bench: 'commands',
      what: `from start to exit: ${own.name} / ${other.name}`,
      measured: `${ours.toFixed(2)} s / ${theirs.toFixed(2)} s = 1/${(theirs / ours).toFixed(1)}`,
      target: share === null ? 'for comparison' : `<= 1/${share}`,
      reached: share === null ? null : ours * share <= theirs,
      figures: { [own.name]: own.seconds, [other.name]: other.seconds },
    });
  }
};

interface Contestant {
  readonly name: string;
  readonly seconds: readonly number[];
}

const reportStart = ([help, node]: readonly Contestant[], report: BenchContext['report']): void => {
  if (!help || !node) return;
  const [ours, floor] = [median(help.seconds), median(node.seconds)];
  report({
    bench: 'commands',
    what: `from start to exit: ${help.name} / ${node.name}`,
    measured: `${(ours * 1000).toFixed(0)} ms / ${(floor * 1000).toFixed(0)} ms = ${(ours / floor).toFixed(2)} x`,
    target: '<= 2.2 x',
    reached: ours <= 2.2 * floor,
    figures: { [help.name]: help.seconds, [node.name]: node.seconds },
  });
};

const output = async (execution: ReturnType<typeof execute>): Promise<string> => {
  const { code, stdout, stderr } = await execution;
  if (code !== 0) throw new Error(`it ended with ${code}: ${stderr || stdout}`);
  return stdout;
};

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchBurst } from '../test/bench/burst.ts';
import { benchCommands } from '../test/bench/commands.ts';
import type { BenchContext } from '../test/bench/context.ts';
import { benchEvents } from '../test/bench/events.ts';
import { benchHeld } from '../test/bench/held.ts';
import { benchMemory } from '../test/bench/memory.ts';
import { formatLines, type Line } from '../test/bench/report.ts';
import { openRabbitmqStage, openRedisStage, type Stage } from '../test/bench/stage.ts';
import { benchWorkers } from '../test/bench/workers.ts';
import { Keeper } from '../test/lab/keeper.ts';
import { Lab } from '../test/lab/lab.ts';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';
import { prepare } from './setup/tiers.ts';

const benches: Readonly<Record<string, (context: BenchContext) => Promise<void>>> = {
  events: benchEvents,
  burst: benchBurst,
  memory: benchMemory,
  held: benchHeld,
  workers: benchWorkers,
  commands: benchCommands,
};

const folder = join(root, 'artifacts');

await runScript(async () => {
  const words = process.argv.slice(2);
  const wanted = words.filter((word) => !word.startsWith('-'));
  const unknown = wanted.find((name) => !Object.hasOwn(benches, name));
  if (unknown) throw new Refusal(`there is no bench "${unknown}"; the benches are ${Object.keys(benches).join(', ')}.`);
  await prepare('brokers', say);
  await prepare('celery', say);
  const lines = await run(wanted.length > 0 ? wanted : Object.keys(benches), words);
  console.log(`\n${formatLines(lines)}`);
  return 0;
});

async function run(names: readonly string[], words: readonly string[]): Promise<Line[]> {
  const startedAt = performance.now();
  const lines: Line[] = [];
  const lab = await Lab.open();
  const keeper = new Keeper();
  const once = (open: (lab: Lab) => Promise<Stage>) => {
    let stage: Promise<Stage> | null = null;
    return () => (stage ??= open(lab));
  };
  const context: BenchContext = {
    lab,
    keeper,
    quick: words.includes('--quick'),
    profileFolder: words.includes('--profile') ? join(folder, 'profiles') : null,
    stages: [once(openRedisStage), once(openRabbitmqStage)].filter(
      (_, at) => !words.includes(at === 0 ? '--no-redis' : '--no-rabbitmq'),
    ),
    say,
    report: (line) => lines.push(line),
  };
  try {
    for (const name of names) await benches[name]?.(context);
  } finally {
    await lab.close();
    await keeper.close();
  }
  const machine = `${cpus().length} x ${cpus()[0]?.model}`;
  const record = {
    node: process.version,
    machine,
    quick: context.quick,
    seconds: (performance.now() - startedAt) / 1000,
    lines,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.json'), `${JSON.stringify(record, null, 2)}\n`);
  return lines;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchBurst } from '../test/bench/burst.ts';
import { benchCode } from '../test/bench/code.ts';
import { benchCommands } from '../test/bench/commands.ts';
import type { BenchContext } from '../test/bench/context.ts';
import { benchControl } from '../test/bench/control.ts';
import { benchDashboard } from '../test/bench/dashboard.ts';
import { benchEvents } from '../test/bench/events.ts';
import { benchExtension } from '../test/bench/extension.ts';
import { benchHeld } from '../test/bench/held.ts';
import { benchHistory } from '../test/bench/history.ts';
import { benchMemory } from '../test/bench/memory.ts';
import { cpuPressure } from '../test/bench/procfs.ts';
import { formatLines, type Line, notMeasured } from '../test/bench/report.ts';
import { benchScrolling } from '../test/bench/scrolling.ts';
import { benchServe } from '../test/bench/serve.ts';
import { benchSoak } from '../test/bench/soak.ts';
import { openRabbitmqStage, openRedisStage, type Stage } from '../test/bench/stage.ts';
import { benchWorkers } from '../test/bench/workers.ts';
import { Keeper } from '../test/lab/keeper.ts';
import { Lab, LabLacks } from '../test/lab/lab.ts';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';
import { prepare } from './setup/tiers.ts';

const benches: Readonly<Record<string, (context: BenchContext) => Promise<void>>> = {
  events: benchEvents,
  burst: benchBurst,
  memory: benchMemory,
  held: benchHeld,
  workers: benchWorkers,
  control: benchControl,
  history: benchHistory,
  commands: benchCommands,
  code: benchCode,
  serve: benchServe,
  dashboard: benchDashboard,
  scrolling: benchScrolling,
  extension: benchExtension,
  soak: benchSoak,
};

/** The others are asked for by name: ten minutes are too long to come unasked. */
const usual = Object.keys(benches).filter((name) => name !== 'soak');

const switches = {
  '--quick': 'fewer events and rounds: a first look in about a minute a bench',
  '--profile': 'writes V8 profiles of the measured processes into artifacts/profiles',
  '--no-redis': 'leaves Redis out of the benches that run on both brokers',
  '--no-rabbitmq': 'leaves RabbitMQ out of the benches that run on both brokers',
} as const;

const folder = join(root, 'artifacts');

await runScript(async () => {
  const words = process.argv.slice(2);
  if (words.includes('--help')) return help();
  const wanted = words.filter((word) => !word.startsWith('-'));
  const unknown = words.find((word) => !Object.hasOwn(word.startsWith('-') ? switches : benches, word));
  if (unknown) throw new Refusal(`bench knows no "${unknown}"; --help tells what it knows.`);
  await prepare('brokers', say);
  await prepare('celery', say);
  const busy = busyNote();
  const outcome = await run(wanted.length > 0 ? wanted : usual, words);
  console.log(`\n${formatLines(outcome.lines)}`);
  if (busy) say(busy);
  return outcome.failed ? 1 : 0;
});

function help(): number {
  console.log(`npm run bench -- [${Object.keys(benches).join(' | ')}]... [options]\n`);
  for (const [name, what] of Object.entries(switches)) console.log(`  ${name.padEnd(14)}  ${what}`);
  return 0;
}

/** A burst that finds no free CPU is lost whoever reads it: such figures speak of the machine. */
function busyNote(): string | null {
  const pressure = cpuPressure();
  if (pressure === null || pressure < 0.25) return null;
  return `the machine was busy before this began (CPU pressure ${Math.round(pressure * 100)} %), which makes every figure worse.`;
}

interface Outcome {
  readonly lines: readonly Line[];
  /** Whether a bench broke; missing a target, or a server to measure on, is no failure. */
  readonly failed: boolean;
}

async function run(names: readonly string[], words: readonly string[]): Promise<Outcome> {
  const startedAt = performance.now();
  const lines: Line[] = [];
  let failed = false;
  const lab = await Lab.open();
  const keeper = new Keeper();
  const quick = words.includes('--quick');
  const context = {
    lab,
    keeper,
    quick,
    profileFolder: words.includes('--profile') ? join(folder, 'profiles') : null,
    redis: once(() => openRedisStage(lab)),
    say,
    report: (line: Line) => lines.push(line),
  };
  const stages = [
    ...(words.includes('--no-redis') ? [] : [context.redis]),
    ...(words.includes('--no-rabbitmq') ? [] : [once(() => openRabbitmqStage(lab))]),
  ];
  try {
    for (const name of names) {
      try {
        await benches[name]?.({ ...context, stages });
      } catch (error) {
        failed ||= !(error instanceof LabLacks);
        lines.push(notMeasured(name, error));
      }
    }
  } finally {
    await lab.close();
    await keeper.close();
  }
  save({ quick, seconds: (performance.now() - startedAt) / 1000, lines });
  return { lines, failed };
}

function once(open: () => Promise<Stage>): () => Promise<Stage> {
  let stage: Promise<Stage> | null = null;
  return () => {
    stage ??= open();
    return stage;
  };
}

function save(record: { readonly quick: boolean; readonly seconds: number; readonly lines: readonly Line[] }): void {
  const machine = `${cpus().length} x ${cpus()[0]?.model}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'bench.json'),
    `${JSON.stringify({ node: process.version, machine, ...record }, null, 2)}\n`,
  );
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { TaskQuery } from '../../server/api/tasks.ts';
import type { CeleryEvent } from '../../server/celery/event.ts';
import type { History } from '../../server/history/history.ts';
import { historyPath, openHistory } from '../../server/history/openHistory.ts';
import { ClusterState } from '../../server/state/clusterState.ts';

/**
 * What the history costs: CPU while 5,000 tasks end each second, with the file on a thread of its own and on the engine's;
 * opening a file with a million tasks; pages of it. Prints one JSON object per line, with the machine's load, for a busy
 * machine makes every figure worse. `node test/bench/history.bench.ts [tasks on disk] [seconds]`
 */
const perSecond = 5_000;
const slices = 20;
const workerFile = join(import.meta.dirname, '../../server/history/historyWorker.ts');
const [, , part = '1000000', secondsText = '10', ...rest] = process.argv;

let order = 0;
const random = (() => {
  // Each process makes tasks of its own, or they would be the same ones written again.
  let state = Math.imul(process.pid, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
})();
const hex = (): string => random().toString(16).padStart(8, '0');
const uuid = (): string => {
  const text = hex() + hex() + hex() + hex();
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
};

let lastId = uuid();
const traceback = (index: number): string =>
  `Traceback (most recent call last):\n  File "/app/shop/tasks.py", line ${index % 40}, in charge\n    raise ValueError(order)\nValueError: order ${index}\n`;

/** One of twenty-five fails, one of five was called by another. */
const endTask = (state: ClusterState, at: number): void => {
  const index = order++;
  const id = uuid();
  const head = { hostname: `celery@host${index % 8}`, uuid: id, clock: index, pid: 1000, utcoffset: 0 };
  const timestamp = at / 1000 - 0.6;
  const end =
    index % 25 === 0
      ? { type: 'task-failed', exception: `ValueError('order ${index}')`, traceback: traceback(index) }
      : { type: 'task-succeeded', result: `{'order': ${index}, 'charged': True}`, runtime: (random() % 1000) / 500 };
  const events = [
    {
      type: 'task-received',
      name: `shop.tasks.charge${index % 12}`,
      args: `({'id': '${index}', 'email': 'frances@shop.example', 'items': ['SPOON-1', 'POT-3'], 'total_cents': 4600},)`,
      kwargs: '{}',
      root_id: index % 5 === 0 ? lastId : id,
      parent_id: index % 5 === 0 ? lastId : null,
      retries: 0,
      eta: null,
      expires: null,
      timestamp,
    },
    { type: 'task-started', timestamp: timestamp + 0.01 },
    { ...end, timestamp: timestamp + 0.5 },
  ];
  for (const event of events) state.apply({ ...head, ...event } as CeleryEvent, at);
  lastId = id;
};

const makeState = (now: number): ClusterState =>
  new ClusterState({ maxTasks: 100_000, workerLostAfterMs: 20_000, startedAt: now });

const open = (folder: string, onThread: boolean, maxTasks = 10_000_000): Promise<History> =>
  openHistory({
    folder,
    connectionId: 'bench',
    workerFile: onThread ? workerFile : null,
    log: (sentence) => console.error(sentence),
    now: Date.now,
    retention: { maxTasks, maxBytes: 2 ** 40 },
  });

const round = (value: number): number => Math.round(value * 10) / 10;
const print = (figures: Readonly<Record<string, unknown>>): void => console.log(JSON.stringify(figures));
const load = (): number => round(loadavg()[0] ?? 0);

/** The days before, as fast as they can be written. */
const fill = async (folder: string, tasks: number): Promise<void> => {
  const history = await open(folder, true);
  const start = Date.now() - tasks * 100;
  const state = makeState(start);
  const recording = history.record(state);
  const begun = performance.now();
  const cpu = process.cpuUsage();
  for (let done = 0; done < tasks; done++) {
    endTask(state, start + done * 100);
    if (done % 10_000 !== 0) continue;
    do {
      recording.progressed();
      await wait(1);
    } while (done - history.status.written > 30_000);
  }
  await recording.stop();
  await history.close();
  const used = process.cpuUsage(cpu);
  const seconds = (performance.now() - begun) / 1000;
  print({
    what: 'fill',
    tasks,
    seconds: round(seconds),
    cpuMicrosPerTaskWithEngine: round((used.user + used.system) / tasks),
    mb: round(statSync(historyPath(folder, 'bench')).size / 1e6),
    load: load(),
  });
};

/** The CPU seconds and the longest stall of the engine's thread while tasks end at their pace. */
const pace = async (history: History | null, seconds: number) => {
  const state = makeState(Date.now());
  const recording = history?.record(state);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const begun = performance.now();
  const cpu = process.cpuUsage();
  delay.enable();
  for (let slice = 1; slice <= seconds * slices; slice++) {
    for (let index = 0; index < perSecond / slices; index++) endTask(state, Date.now());
    recording?.progressed();
    if (slice % slices === 0) {
      state.tick(Date.now());
      recording?.tick();
    }
    await wait(Math.max(0, begun + (slice * 1000) / slices - performance.now()));
  }
  delay.disable();
  const used = process.cpuUsage(cpu);
  const elapsed = (performance.now() - begun) / 1000;
  await recording?.stop();
  return {
    share: ((used.user + used.system) / 1e6 / elapsed) * 100,
    perSecond: (seconds * perSecond) / elapsed,
    longestStallMs: round(delay.max / 1e6),
    dropped: history?.status.dropped ?? 0,
  };
};

const write = async (folder: string, seconds: number, how: string): Promise<void> => {
  await pace(null, 2);
  const without = await pace(null, seconds);
  const isAtLimit = how === 'atLimit';
  const history = await open(folder, how !== 'here', isAtLimit ? Number(rest[2]) : undefined);
  const { held } = await history.queryTasks({ limit: 1 });
  const withIt = await pace(history, seconds);
  await history.close();
  print({
    what: `write ${perSecond}/s, ${ways[how]}`,
    heldBefore: held,
    reachedPerSecond: round(withIt.perSecond),
    historyPercentOfACore: round(withIt.share - without.share),
    enginePercentOfACore: round(without.share),
    longestStallMs: { without: without.longestStallMs, with: withIt.longestStallMs },
    dropped: withIt.dropped,
    load: load(),
  });
};

const ways: Readonly<Record<string, string>> = {
  thread: 'own thread',
  here: "engine's thread",
  atLimit: 'own thread, as many deleted',
};

const queries: Readonly<Record<string, TaskQuery>> = {
  newest: {},
  failed: { states: ['FAILURE'] },
  byName: { names: ['*charge7'] },
  absentName: { names: ['nothing'] },
  finished: { sort: { column: 'finished', descending: true } },
  slowest: { sort: { column: 'runtime', descending: true } },
  slowestOfOne: { names: ['shop.tasks.charge7'], sort: { column: 'runtime', descending: true } },
  byWait: { sort: { column: 'wait', descending: true } },
  name: { sort: { column: 'name', descending: false } },
  args: { sort: { column: 'args', descending: false } },
  timeRange: { time: { column: 'finished', from: Date.now() - 50_000_000, to: Date.now() - 49_990_000 } },
  textCommon: { text: 'spoon' },
  textRare: { text: "'id': '4711'" },
  idStart: { text: 'abcdef12' },
};

const read = async (folder: string): Promise<void> => {
  const begun = performance.now();
  const history = await open(folder, true);
  const openMs = performance.now() - begun;
  const page = await history.queryTasks({});
  const firstPageMs = performance.now() - begun;
  const pageMs: Record<string, number> = {};
  for (const [name, query] of Object.entries(queries)) {
    const at = performance.now();
    await history.queryTasks(query);
    pageMs[name] = round(performance.now() - at);
  }
  let at = performance.now();
  let deep = page;
  for (let pages = 0; pages < 20; pages++)
    deep = await history.queryTasks({ ...(deep.nextCursor === null ? {} : { cursor: deep.nextCursor }) });
  pageMs['eachOfTheNext20'] = round((performance.now() - at) / 20);
  at = performance.now();
  await history.task(page.tasks[0]?.id ?? '');
  pageMs['oneTask'] = round(performance.now() - at);
  at = performance.now();
  await history.failures({ names: ['shop.tasks.charge7'] });
  pageMs['failures'] = round(performance.now() - at);
  await history.close();
  print({
    what: 'read',
    held: page.held,
    openMs: round(openMs),
    openAndFirstPageMs: round(firstPageMs),
    pageMs,
    load: load(),
  });
};

const parts: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  fill: (folder) => fill(folder, Number(rest[2])),
  write: (folder) => write(folder, Number(secondsText), rest[1] ?? ''),
  read,
};

/** Each part in a process of its own, so that none profits from another's caches. */
const run = (name: string, folder: string, seconds: string, argument = ''): void => {
  spawnSync(process.execPath, [import.meta.filename, name, seconds, folder, argument, part], { stdio: 'inherit' });
};

const known = parts[part];
if (known) await known(rest[0] ?? '');
else {
  const empty = mkdtempSync(join(tmpdir(), 'celeriac-bench-'));
  const full = mkdtempSync(join(tmpdir(), 'celeriac-bench-'));
  try {
    run('write', empty, secondsText, 'thread');
    run('write', empty, secondsText, 'here');
    run('fill', full, secondsText);
    run('read', full, secondsText);
    run('write', full, secondsText, 'thread');
    run('write', full, secondsText, 'here');
    run('write', full, secondsText, 'atLimit');
  } finally {
    rmSync(empty, { recursive: true, force: true });
    rmSync(full, { recursive: true, force: true });
  }
}

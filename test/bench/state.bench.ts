import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { TaskQuery } from '../../server/api/tasks.ts';
import { decodeDelivery } from '../../server/celery/decodeDelivery.ts';
import type { CeleryEvent } from '../../server/celery/event.ts';
import { ClusterState } from '../../server/state/clusterState.ts';
import { RawEvents } from '../../server/state/rawEvents.ts';

/**
 * What the state engine costs by itself: time per event with few and with many tasks held, memory per task, and the time
 * of a page. Prints one JSON object; compare figures of one run only. `node --expose-gc test/bench/state.bench.ts [tasks…]`
 */
const batchSize = 24;
const measuredTasks = 60_000;

const uuid = (): string => {
  const hex = randomBytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

let clock = 0;
let time = 1_800_000_000;

const stamp = (host: number) => ({
  hostname: `celery@host${host}`,
  utcoffset: 0,
  pid: 1000 + host,
  clock: ++clock,
});

/** The events of one task: received, started, and one of twenty-five fails. */
const taskEvents = (index: number): object[] => {
  const id = uuid();
  const host = index % 8;
  const args = `({'id': '${index}', 'email': 'frances@shop.example', 'items': ['SPOON-1', 'POT-3'], 'total_cents': 4600},)`;
  time += 0.0004;
  const end =
    index % 25 === 0
      ? {
          type: 'task-failed',
          exception: `ValueError('order ${index}')`,
          traceback: `Traceback (most recent call last):\n  File "/app/shop/tasks.py", line 12, in charge\n    raise ValueError(order)\nValueError: order ${index}\n`,
        }
      : { type: 'task-succeeded', result: `{'order': ${index}, 'charged': True}`, runtime: Math.random() };
  return [
    {
      ...stamp(host),
      uuid: id,
      name: `shop.tasks.charge${index % 12}`,
      args,
      kwargs: '{}',
      root_id: id,
      parent_id: null,
      retries: 0,
      eta: null,
      expires: null,
      timestamp: time,
      type: 'task-received',
    },
    { ...stamp(host), uuid: id, timestamp: time + 0.001, type: 'task-started' },
    { ...stamp(host), uuid: id, ...end, timestamp: time + 0.5 },
  ];
};

/** Kombu envelopes of `task.multi` messages, as Redis brings them; the tasks of a batch overlap as they do in life. */
const makeDeliveries = (tasks: number, from: number): Buffer[] => {
  const lanes: object[][] = [[], [], []];
  const ordered: object[] = [];
  for (let index = 0; index < tasks; index++) {
    const events = taskEvents(from + index);
    for (const [lane, event] of events.entries()) lanes[lane]?.push(event);
    if (index % 64 === 63 || index === tasks - 1) for (const lane of lanes) ordered.push(...lane.splice(0));
  }
  const deliveries: Buffer[] = [];
  for (let at = 0; at < ordered.length; at += batchSize) {
    const body = Buffer.from(JSON.stringify(ordered.slice(at, at + batchSize))).toString('base64');
    deliveries.push(
      Buffer.from(
        JSON.stringify({
          body,
          'content-encoding': 'utf-8',
          'content-type': 'application/json',
          headers: { hostname: 'celery@host' },
          properties: {
            delivery_mode: 1,
            delivery_info: { exchange: 'celeryev', routing_key: 'task.multi' },
            priority: 0,
            body_encoding: 'base64',
            delivery_tag: uuid(),
          },
        }),
      ),
    );
  }
  return deliveries;
};

const cpuMicros = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

const floor = (deliveries: readonly Buffer[]): number => {
  let events = 0;
  for (const bytes of deliveries) {
    const envelope: { body: string } = JSON.parse(bytes.toString());
    const body: unknown[] = JSON.parse(Buffer.from(envelope.body, 'base64').toString());
    events += body.length;
  }
  return events;
};

const memory = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const decodeAll = (deliveries: readonly Buffer[], sink: (event: CeleryEvent) => void): void => {
  for (const bytes of deliveries) decodeDelivery({ kind: 'envelope', bytes }, sink);
};

const feed = (state: ClusterState, deliveries: readonly Buffer[]): void =>
  decodeAll(deliveries, (event) => state.apply(event, time * 1000));

const fill = (state: ClusterState, tasks: number): void => {
  for (let done = 0; done < tasks; done += 20_000) {
    feed(state, makeDeliveries(Math.min(20_000, tasks - done), done));
    state.tick(time * 1000);
  }
};

const round = (value: number): number => Math.round(value * 1000) / 1000;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const queries: Readonly<Record<string, TaskQuery>> = {
  newest: {},
  failed: { states: ['FAILURE'] },
  byName: { names: ['*charge7'] },
  byRuntime: { sort: { column: 'runtime', descending: true } },
  byName2: { sort: { column: 'name', descending: false } },
  byWait: { sort: { column: 'wait', descending: true } },
  byArgs: { sort: { column: 'args', descending: false } },
  byResult: { sort: { column: 'result', descending: true } },
  textCommon: { text: 'spoon' },
  textRare: { text: "'id': '4711'" },
  textAbsent: { text: 'no such text' },
  textShort: { text: 'qx' },
  textAndSort: { text: 'spoon', sort: { column: 'received', descending: false } },
  timeRange: { time: { column: 'received', from: 0, to: 1 } },
};

const queryMs = (state: ClusterState): Record<string, number> =>
  Object.fromEntries(
    Object.entries(queries).map(([name, query]) => {
      const times = Array.from({ length: 5 }, () => cpuMicros(() => state.tasks.page(query)) / 1000);
      return [name, round(median(times))];
    }),
  );

/** What a table costs that scrolls: an order that stands still is made once, then any part of it is read. */
const windowMs = (state: ClusterState, held: number): Record<string, number> => {
  const part = { query: queries['byRuntime'] ?? {}, limit: 100 };
  const timed = (run: () => void): number => cpuMicros(run) / 1000;
  const make = Array.from({ length: 3 }, () => timed(() => state.tasks.window({ ...part, offset: 100, order: null })));
  const { order } = state.tasks.window({ ...part, offset: 100, order: null });
  const read = Array.from({ length: 301 }, (_, turn) =>
    timed(() => state.tasks.window({ ...part, offset: (turn * 7_919) % held, order })),
  );
  return { makeOrder: round(median(make)), readPart: round(median(read)), slowestPart: round(Math.max(...read)) };
};

/** The copy that is kept of each delivery, and finding a task's events in it again. */
const rawEventCost = (deliveries: readonly Buffer[]): Record<string, number> => {
  const raw = new RawEvents(16 * 1024 * 1024);
  let last = '';
  const keep = (isKept: boolean): number =>
    cpuMicros(() => {
      for (const bytes of deliveries) {
        const delivery = { kind: 'envelope', bytes } as const;
        if (isKept) raw.begin(delivery, time * 1000);
        decodeDelivery(delivery, (event) => {
          if (isKept) raw.note(event);
          if (typeof event['uuid'] === 'string') last = event['uuid'];
        });
      }
    });
  const plain = median([keep(false), keep(false), keep(false)]);
  const kept = median([keep(true), keep(true), keep(true)]);
  const find = cpuMicros(() => raw.find(last)) / 1000;
  return { keepMicrosPerEvent: round((kept - plain) / (deliveries.length * batchSize)), findMs: round(find) };
};

const measure = (held: number) => {
  const before = memory();
  const rssBefore = process.memoryUsage().rss;
  const state = new ClusterState({ maxTasks: held, workerLostAfterMs: 20_000, startedAt: time * 1000 });
  fill(state, held);
  const bytes = memory() - before;
  const rss = process.memoryUsage().rss - rssBefore;
  const rounds = Array.from({ length: 3 }, (_, round) => {
    const deliveries = makeDeliveries(measuredTasks, held + round * measuredTasks);
    const events = measuredTasks * 3;
    globalThis.gc?.();
    const floorMicros = cpuMicros(() => floor(deliveries)) / events;
    const decodeMicros = cpuMicros(() => decodeAll(deliveries, () => undefined)) / events;
    const engineMicros = cpuMicros(() => feed(state, deliveries)) / events;
    return { floorMicros, decodeMicros, engineMicros };
  });
  const floorMicros = median(rounds.map((one) => one.floorMicros));
  const decodeMicros = median(rounds.map((one) => one.decodeMicros));
  const engineMicros = median(rounds.map((one) => one.engineMicros));
  return {
    held: state.counters().tasks,
    evicted: state.counters().evicted,
    microsPerEvent: { floor: round(floorMicros), decode: round(decodeMicros), decodeAndState: round(engineMicros) },
    timesFloor: round(engineMicros / floorMicros),
    mbPer100kTasks: round((bytes / held) * 0.1),
    rssMb: round(rss / 1e6),
    queryMs: queryMs(state),
    windowMs: windowMs(state, held),
    rawEvents: rawEventCost(makeDeliveries(20_000, held)),
  };
};

/** Each size in a process of its own, so that one's garbage is not another's memory. */
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 1) console.log(JSON.stringify(measure(sizes[0] ?? 0), null, 1));
else {
  for (const held of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
    spawnSync(process.execPath, ['--expose-gc', import.meta.filename, String(held)], { stdio: 'inherit' });
  }
}

import type { CeleryEvent } from '../../server/celery/event.ts';

export type RecordedEvent = CeleryEvent & { readonly local_received: number };

/** A small seeded generator (mulberry32): the same number always makes the same stream. */
const makeRandom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

type Random = () => number;
const pick = <T>(random: Random, values: readonly [T, ...T[]]): T =>
  values[Math.floor(random() * values.length)] ?? values[0];
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const uuid = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => below(random, 16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const names = ['shop.tasks.charge', 'shop.tasks.ship', 'shop.mail.send', 'reports.daily'] as const;
const hosts = ['celery@a', 'celery@b', 'mail@c'] as const;
const queues = ['celery', 'mail', 'slow'] as const;
const traceback = (message: string): string =>
  `Traceback (most recent call last):\n  File "/app/shop/tasks.py", line 12, in charge\n    raise ValueError(order)\n${message}\n`;

/** One possible life of one task, in the order in which its events are sent. */
const lifeOf = (random: Random, id: string, parents: readonly string[]): Record<string, unknown>[] => {
  const name = pick(random, names);
  const root = parents.length > 0 && random() < 0.4 ? (parents[below(random, parents.length)] ?? id) : id;
  const parent = root === id ? null : root;
  const host = pick(random, hosts);
  const input = {
    name,
    args: `(${below(random, 99)}, 'ü${id.slice(0, 4)}')`,
    kwargs: random() < 0.5 ? '{}' : "{'a': 1}",
  };
  const sent = { ...input, uuid: id, root_id: root, parent_id: parent, retries: 0, eta: null, expires: null };
  const events: Record<string, unknown>[] = [];
  if (random() < 0.6) {
    const queue = pick(random, queues);
    events.push({
      type: 'task-sent',
      hostname: `gen${below(random, 4)}@web`,
      ...sent,
      queue,
      exchange: '',
      routing_key: queue,
    });
  }
  const attempts = random() < 0.2 ? 3 : 1;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const again = attempt === 0 ? {} : { retries: attempt, parent_id: id, eta: '2026-01-01T00:00:00+00:00' };
    events.push({ type: 'task-received', hostname: host, ...sent, ...again });
    events.push({ type: 'task-started', hostname: host, uuid: id });
    if (random() < 0.2) events.push({ type: 'task-progress', hostname: host, uuid: id, percent: 50 });
    if (attempt < attempts - 1) {
      events.push({
        type: 'task-retried',
        hostname: host,
        uuid: id,
        exception: "ValueError('again')",
        traceback: traceback('ValueError: again'),
      });
    }
  }
  events.push(...endOf(random, host, id));
  return events;
};

const endOf = (random: Random, hostname: string, id: string): Record<string, unknown>[] => {
  const base = { hostname, uuid: id };
  const roll = random();
  if (roll < 0.5) return [{ type: 'task-succeeded', ...base, result: `'${id}'`, runtime: random() * 3 }];
  if (roll < 0.7)
    return [
      { type: 'task-failed', ...base, exception: `ValueError('${id}')`, traceback: traceback(`ValueError: ${id}`) },
    ];
  if (roll < 0.78) return [{ type: 'task-revoked', ...base, terminated: random() < 0.5, signum: 15, expired: false }];
  if (roll < 0.84) return [{ type: 'task-rejected', ...base, requeue: false }];
  if (roll < 0.88) return [{ type: 'task-cancelled', ...base }];
  if (roll < 0.92) return [{ type: 'task-succeeded', ...base, result: ['not', { a: 'repr' }], runtime: null }];
  return [];
};

const workerEvent = (random: Random, hostname: string): Record<string, unknown> => {
  const roll = random();
  const software = { sw_ident: 'py-celery', sw_ver: '5.6.3', sw_sys: 'Linux' };
  if (roll < 0.1) return { type: 'worker-offline', hostname, freq: 2.0, active: 0, processed: 7, ...software };
  if (roll < 0.3) return { type: 'worker-heartbeat', hostname, freq: 5 };
  const figures = { active: below(random, 4), processed: below(random, 999), loadavg: [random(), 0.5, 0.25] };
  return { type: roll < 0.5 ? 'worker-online' : 'worker-heartbeat', hostname, freq: 2.0, ...figures, ...software };
};

/** A stream as it could come from a small cluster, every event stamped and received in order. */
export const makeStream = (seed: number): RecordedEvent[] => {
  const random = makeRandom(seed);
  const ids: string[] = [];
  const lives = Array.from({ length: 3 + below(random, 25) }, () => {
    const id = random() < 0.1 ? `order-${below(random, 1e6)}` : uuid(random);
    const life = lifeOf(random, id, ids);
    ids.push(id);
    return life;
  });
  const events: RecordedEvent[] = [];
  let time = 1_700_000_000 + random() * 1e6;
  let clock = 1 + below(random, 100);
  while (lives.some((life) => life.length > 0)) {
    const fields =
      random() < 0.15 ? workerEvent(random, pick(random, hosts)) : lives[below(random, lives.length)]?.shift();
    if (!fields) continue;
    time += random() * 0.7;
    clock += 1 + below(random, 3);
    events.push({
      ...fields,
      pid: 100 + below(random, 3),
      clock,
      utcoffset: 0,
      timestamp: time,
      local_received: time + random() * 0.05,
    } as unknown as RecordedEvent);
  }
  return events;
};

export type Disorder = 'as sent' | 'shuffled' | 'duplicated' | 'delayed' | 'partial' | 'all at once';

/** The same events as a bad network would bring them; each is received when it comes. */
export const disturb = (events: readonly RecordedEvent[], disorder: Disorder, seed: number): RecordedEvent[] => {
  const random = makeRandom(seed);
  const mixed =
    disorder === 'all at once' ? disturb(disturb(events, 'duplicated', seed + 1), 'partial', seed + 2) : [...events];
  switch (disorder) {
    case 'as sent':
      return mixed;
    case 'shuffled':
    case 'all at once':
      shuffle(mixed, random);
      break;
    case 'duplicated':
      return stampArrivals(mixed.flatMap((event) => (random() < 0.4 ? [event, event] : [event])));
    case 'delayed': {
      const delays = mixed.map((event, index) => ({ event, at: index + (random() < 0.3 ? below(random, 20) : 0) }));
      return stampArrivals(delays.sort((a, b) => a.at - b.at).map(({ event }) => event));
    }
    case 'partial':
      return mixed.filter(() => random() < 0.6);
    default:
      disorder satisfies never;
  }
  return stampArrivals(mixed);
};

const stampArrivals = (events: readonly RecordedEvent[]): RecordedEvent[] => {
  const first = Math.min(...events.map((event) => event.local_received));
  return events.map((event, index) => ({ ...event, local_received: first + index * 0.01 }));
};

const shuffle = (events: RecordedEvent[], random: Random): void => {
  for (let last = events.length - 1; last > 0; last--) {
    const other = below(random, last + 1);
    const [a, b] = [events[last], events[other]];
    if (a && b) [events[last], events[other]] = [b, a];
  }
};

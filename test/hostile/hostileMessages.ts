import { deflateSync } from 'node:zlib';
import type { Delivery } from '../../server/celery/delivery.ts';
import type { RawBody } from '../../server/celery/readEnvelope.ts';
import type { RawQueued } from '../../server/celery/readQueued.ts';
import { below } from '../unit/state/random.ts';
import { idOf } from '../unit/state/someEvents.ts';
import { damage, oddText, oddValue, pick, type Random, spoil, veryDeep } from './oddValues.ts';

const tasks = 400;
const subjects = [
  'sent',
  'received',
  'started',
  'succeeded',
  'failed',
  'retried',
  'revoked',
  'rejected',
  'custom',
] as const;

type Fields = Readonly<Record<string, unknown>>;

/** An event as Celery sends it, at about `at` seconds. */
const wholeEvent = (random: Random, at: number): Fields => {
  const hostname = `celery@host${below(random, 12)}`;
  const timestamp = at - random() * 5;
  if (random() < 0.15) {
    const type = pick(random, ['worker-heartbeat', 'worker-heartbeat', 'worker-online', 'worker-offline']);
    const figures = { active: below(random, 4), processed: below(random, 900), loadavg: [0.1, 0.2, 0.3] };
    const software = { sw_ident: 'py-celery', sw_ver: '5.6.0', sw_sys: 'Linux' };
    return {
      type,
      hostname,
      timestamp,
      utcoffset: 0,
      pid: 7,
      clock: below(random, 1e6),
      freq: 2,
      ...figures,
      ...software,
    };
  }
  const subject = pick(random, subjects);
  const uuid = idOf(below(random, tasks));
  const head = { type: `task-${subject}`, hostname, timestamp, uuid, utcoffset: 0, pid: 7, clock: below(random, 1e6) };
  const input = {
    name: `shop.task${below(random, 20)}`,
    args: "('a', 1)",
    kwargs: "{'x': 1}",
    root_id: idOf(below(random, tasks)),
    parent_id: random() < 0.5 ? null : idOf(below(random, tasks)),
    retries: below(random, 3),
    eta: random() < 0.8 ? null : '2030-01-31T09:00:00+00:00',
    expires: null,
    queue: `q${below(random, 6)}`,
    exchange: '',
    routing_key: 'q',
  };
  if (subject === 'sent' || subject === 'received') return { ...head, ...input };
  if (subject === 'succeeded') return { ...head, result: "{'ok': True}", runtime: random() };
  if (subject === 'failed' || subject === 'retried')
    return {
      ...head,
      exception: `ValueError('x${below(random, 5)}')`,
      traceback: 'Traceback\n  File "a.py", line 1, in f\nE: x\n',
    };
  return subject === 'revoked' ? { ...head, terminated: true, signum: 15, expired: false } : head;
};

const anEvent = (random: Random, at: number): unknown => {
  const event = wholeEvent(random, at);
  const roll = random();
  return roll < 0.55 ? event : roll < 0.99 ? spoil(random, event) : oddValue(random);
};

/** JSON as Python writes it, now and then with what JSON does not know. */
const pythonJson = (random: Random, value: unknown): string => {
  const text = JSON.stringify(value).replaceAll(JSON.stringify(veryDeep), '['.repeat(50_000) + ']'.repeat(50_000));
  return random() < 0.97
    ? text
    : text.replaceAll(/:\s*-?\d+(\.\d+)?(?=[,}])/g, () => pick(random, [':NaN', ':Infinity', ':-Infinity', ':1']));
};

const contentTypes = [
  'application/json',
  'application/x-python-serialize',
  'application/x-msgpack',
  'application/x-yaml',
  'text/plain',
] as const;

/** One message with one or more events, whole or broken, as one of the transports brings it. */
export const hostileDelivery = (random: Random, at: number): Delivery => {
  const events = Array.from({ length: random() < 0.7 ? 1 : below(random, 12) }, () => anEvent(random, at));
  const text = pythonJson(random, events.length === 1 && random() < 0.8 ? events[0] : events);
  const whole = Buffer.from(text);
  const body = random() < 0.92 ? whole : damage(random, whole);
  const isUsual = random() < 0.97;
  const contentType = isUsual ? 'application/json' : pick(random, contentTypes);
  const compression = random() < 0.97 ? null : pick(random, ['gzip', 'zlib', 'zstd', 'bzip2', 'none']);
  const packed = compression === null || random() < 0.2 ? body : deflateSync(body);
  if (random() < 0.5) return { kind: 'message', body: packed, contentType, contentEncoding: 'utf-8', compression };
  const envelope = {
    body: packed.toString('base64'),
    'content-encoding': 'utf-8',
    'content-type': contentType,
    headers: compression === null ? {} : { compression },
    properties: {
      delivery_mode: 1,
      delivery_info: { exchange: 'celeryev', routing_key: 'task' },
      body_encoding: 'base64',
    },
  };
  const bytes = Buffer.from(JSON.stringify(random() < 0.96 ? envelope : spoil(random, envelope)));
  return { kind: 'envelope', bytes: random() < 0.97 ? bytes : damage(random, bytes) };
};

const rawBody = (random: Random, value: unknown): RawBody => {
  const bytes = Buffer.from(pythonJson(random, value));
  return {
    body: random() < 0.9 ? bytes : damage(random, bytes),
    contentType: random() < 0.9 ? 'application/json' : pick(random, contentTypes),
    compression: random() < 0.97 ? null : 'gzip',
  };
};

const answers: readonly [unknown, ...unknown[]] = [
  { ok: 'pong' },
  { error: "KeyError('x')" },
  [{ id: 'u', name: 'shop.a', args: '()', kwargs: {}, time_start: 1, worker_pid: 7, hostname: 'a', delivery_info: {} }],
  [{ eta: '2030-01-31', priority: 6, request: { id: 'u', name: 'shop.a' } }],
  { pool: { processes: [1, 2], 'max-concurrency': 2 }, total: { 'shop.a': 1 }, rusage: { maxrss: 1 }, broker: {} },
  [{ name: 'q', exchange: { name: 'q', type: 'direct' }, routing_key: 'q', bindings: [] }],
  ['shop.a', 'shop.b [rate_limit=10/m]'],
  { u: ['active', { id: 'u', name: 'shop.a' }] },
];

/** What a worker answers to a command. */
export const hostileReply = (random: Random): RawBody => {
  const answer = pick(random, answers);
  const isRecord = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
  const odd = isRecord && random() < 0.5 ? spoil(random, answer as Fields) : oddValue(random);
  return rawBody(random, { [random() < 0.9 ? 'celery@host1' : oddText(random)]: random() < 0.4 ? answer : odd });
};

/** A message that waits in a queue. */
export const hostileQueued = (random: Random): RawQueued => {
  const headers = {
    task: 'shop.a',
    id: idOf(1),
    argsrepr: '()',
    kwargsrepr: '{}',
    retries: 0,
    eta: null,
    root_id: idOf(2),
    group: null,
  };
  const body =
    random() < 0.5 ? [[1], { x: 1 }, { callbacks: null }] : { task: 'shop.a', id: 'u', args: [1], kwargs: {} };
  return {
    ...rawBody(random, random() < 0.5 ? body : oddValue(random)),
    headers: random() < 0.3 ? {} : random() < 0.5 ? headers : spoil(random, headers),
    priority: oddValue(random, 1),
    exchange: oddValue(random, 1),
    routingKey: oddValue(random, 1),
    redelivered: null,
  };
};

/** What a result backend holds of a task. */
export const hostileResult = (random: Random): Buffer => {
  const result = {
    status: 'SUCCESS',
    result: oddValue(random),
    traceback: null,
    children: [],
    date_done: '2030-01-31',
    task_id: 'u',
  };
  const failed = {
    ...result,
    status: 'FAILURE',
    result: { exc_type: 'E', exc_message: ['x'], exc_module: 'builtins' },
  };
  const whole = random() < 0.5 ? result : failed;
  return Buffer.from(rawBody(random, random() < 0.5 ? whole : spoil(random, whole)).body);
};

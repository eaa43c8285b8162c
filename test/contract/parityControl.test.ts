import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { type CeleryVersion, usualCelery } from '../../scripts/setup/python.ts';
import { controlMethods, specOf } from '../../server/celery/controlCommands.ts';
import { parseJson } from '../../server/celery/parseJson.ts';
import type { Broker } from '../lab/broker.ts';
import type { Lab } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { at, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';

/** Celery's own command line is the oracle: for the same workers in the same state, ours prints what it prints. */
const oracle = join(import.meta.dirname, 'celeryControl.py');

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Oracle {
  readonly runs: readonly { readonly printed: string; readonly error: string | null }[];
  readonly commands: Readonly<Record<string, string>>;
}

interface Subject {
  readonly lab: Lab;
  readonly broker: Broker;
  readonly celery?: CeleryVersion;
  /** kombu's filesystem broker leaves a worker no ears while a task waits for a free process. */
  readonly isDeafWhenFull?: boolean;
}

const askCelery = async ({ lab, broker, celery }: Subject, calls: readonly (readonly string[])[]): Promise<Oracle> => {
  const input = JSON.stringify(calls.map((args) => [...args, '--json', '--timeout', '10']));
  const where = { broker, ...(celery === undefined ? {} : { celery }) };
  const { stdout, stderr, code } = await lab.python({ ...where, code: oracle, input, timeoutMs: 240_000 });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};

const askOurselves = async ({ broker }: Subject, args: readonly string[]): Promise<string> => {
  const yes = args[0] === 'control' ? ['--yes'] : [];
  const { stdout, stderr, code } = await celeriac([...args, ...yes, '--json', '--timeout', '10', ...at(broker)]);
  assert.ok(code === 0 || (code === 1 && stdout.includes('"error"')), `${args.join(' ')}: ${stderr}`);
  return stdout;
};

/** What is different each time it is asked for. */
const volatile: ReadonlySet<string> = new Set(['clock', 'uptime']);

/** For comparing: volatile figures by their type, and the answers to `control` in the order of their workers. */
const steady = (value: Json, key = ''): Json => {
  if (Array.isArray(value)) return value.map((each) => steady(each));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, each]) => [
      name,
      key === 'rusage' ? typeof each : steady(each, name),
    ]);
    return Object.fromEntries(entries);
  }
  return volatile.has(key) ? typeof value : value;
};

const inOrder = (value: Json): Json =>
  Array.isArray(value) ? value.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : value;

/** Celery writes Infinity where JSON has no word for it; ours is null. */
const parse = (text: string): Json => parseJson(text) as Json;

/** `atOnce`: so many of ours at a time, which only calls bear that change nothing. */
const compare = async (subject: Subject, calls: readonly (readonly string[])[], atOnce = 1): Promise<Oracle> => {
  const celery = await askCelery(subject, calls);
  for (let from = 0; from < calls.length; from += atOnce)
    await Promise.all(
      calls.slice(from, from + atOnce).map(async (args, index) => {
        const run = celery.runs[from + index];
        assert.equal(run?.error, null, args.join(' '));
        const printed = await askOurselves(subject, args);
        // One worker answers always in the same way; of several, who comes first is chance.
        if (args.includes('-d')) return assert.equal(printed, run.printed, args.join(' '));
        const theirs = parse(run.printed);
        assert.deepEqual(inOrder(steady(parse(printed))), inOrder(steady(theirs)), args.join(' '));
        const text = JSON.stringify(theirs);
        assert.ok(text.includes('one@lab') && text.includes('two@lab'), args.join(' '));
      }),
    );
  return celery;
};

/** Changes what it changes twice, to the same end; each answer is the same both times. */
const controlCalls: readonly (readonly string[])[] = [
  ['heartbeat'],
  ['enable_events'],
  ['rate_limit', 'lab.echo', '100/m'],
  ['rate_limit', 'no.such.task', '1/s'],
  ['time_limit', 'lab.sleep', '10.5', '20'],
  ['time_limit', 'lab.sleep', '10'],
  ['add_consumer', 'more', 'more', 'topic', 'more.#'],
  ['add_consumer', 'another'],
  ['cancel_consumer', 'another'],
  ['revoke', 'never-was'],
  ['terminate', 'TERM', 'never-was'],
  ['autoscale', '3', '1'],
  ['pool_restart'],
  ['pool_grow', '2'],
  ['disable_events'],
].map((words) => ['control', ...words]);

const controlCallsFor = ({ celery }: Subject): readonly (readonly string[])[] =>
  celery === '5.2' ? controlCalls : [...controlCalls, ['control', 'revoke_by_stamped_headers', 'tenant=acme']];

const inspectCalls = (running: string, waiting: string): readonly (readonly string[])[] =>
  [
    ['ping'],
    ['active'],
    ['reserved'],
    ['scheduled'],
    ['query_task', running, waiting, 'never-was'],
    ['revoked'],
    ['registered'],
    ['registered', 'rate_limit', 'max_retries'],
    ['active_queues'],
    ['stats'],
    ['conf'],
    ['conf', 'yes'],
    ['report'],
    ['clock'],
    ['memsample'],
    ['memdump', '3'],
    ['objgraph', 'Request', '2', '2'],
    ...['ping', 'active', 'reserved', 'active_queues', 'registered'].map((word) => [word, '-d', 'one@lab']),
  ].map((words) => ['inspect', ...words]);

/** Two workers, of which the first runs a task until `release` is called, has another for later, and holds a third. */
const startWork = async ({ lab, broker, celery, isDeafWhenFull = false }: Subject) => {
  const where = { broker, ...(celery === undefined ? {} : { celery }) };
  // One after the other: kombu's filesystem broker loses a mailbox when two workers make its table at the same moment.
  await lab.worker({ ...where, name: 'one', queues: ['default', 'emails'] });
  await lab.worker({ ...where, name: 'two', queues: ['emails', 'ünïcode'] });
  const gate = join(lab.folder, 'gate');
  const send = async (task: string, args: readonly unknown[], options = {}): Promise<string> =>
    (await lab.send({ ...where, task, args, queue: 'default', options })).join();
  const running = await send('lab.until_file', [gate, 300]);
  const later = await send('lab.echo', ['später'], { countdown: 3_600 });
  const waiting = isDeafWhenFull ? later : await send('lab.echo', ['später', 1.5, { a: [null, true] }]);
  const says = async (args: readonly string[], what: RegExp): Promise<boolean> =>
    what.test((await celeriac(['inspect', ...args, '--json', ...at(broker)])).stdout);
  const isHeld = async (): Promise<boolean> =>
    (await says(['scheduled'], new RegExp(later))) &&
    (await says(['query_task', running], /"active"/)) &&
    (isDeafWhenFull || says(['query_task', waiting], /"reserved"/));
  await until('the worker has all tasks', isHeld, 30_000, 300);
  return { running, waiting, release: () => writeFileSync(gate, '') };
};

/** Twice by two; the processes start after the answer. */
const hasGrown = async (subject: Subject): Promise<boolean> => {
  const stats = await askOurselves(subject, ['inspect', 'stats']);
  const pools = Object.values(JSON.parse(stats)).map((each) => JSON.stringify(each));
  return pools.every(
    (pool) => /"processes":\[\d+(,\d+){4}\]/.test(pool) && /"inqueues":\{[^}]*"total":5|"writes":"N/.test(pool),
  );
};

const printsWhatCeleryPrints = async (subject: Subject): Promise<void> => {
  const { running, waiting, release } = await startWork(subject);
  const calls = inspectCalls(running, waiting);
  await compare(subject, controlCallsFor(subject));
  await until('the pools have grown', () => hasGrown(subject), 30_000, 300);
  const { commands } = await compare(subject, calls, 4);
  for (const method of controlMethods) {
    const isOlder = subject.celery === '5.2' && method === 'revoke_by_stamped_headers';
    assert.equal(commands[method], isOlder ? undefined : specOf(method).group, method);
    if (specOf(method).group === 'inspect')
      assert.ok(
        calls.some(([, word]) => word === method),
        method,
      );
  }
  const left = Object.keys(commands).filter((name) => !(controlMethods as readonly string[]).includes(name));
  assert.deepEqual(left, ['election']);
  release();
};

describe('celeriac inspect and control print the JSON that Celery prints', { concurrency: 2 }, () => {
  for (const celery of [usualCelery, '5.4', '5.2'] as const)
    labTest(`on Redis, with Celery ${celery}`, async (lab) =>
      printsWhatCeleryPrints({ lab, broker: await lab.redis(), celery }),
    );
  labTest(`on RabbitMQ, with Celery ${usualCelery}`, async (lab) =>
    printsWhatCeleryPrints({ lab, broker: await lab.rabbitmq(), celery: usualCelery }),
  );
  // From kombu 5.7 on the filesystem refuses names beyond ASCII, which this test uses.
  labTest('on the filesystem, with Celery 5.6', async (lab) =>
    printsWhatCeleryPrints({ lab, broker: await lab.filesystem(), celery: '5.6', isDeafWhenFull: true }),
  );
});

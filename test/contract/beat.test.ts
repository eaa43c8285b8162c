import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Broker } from '../lab/broker.ts';
import { type Lab, type LabBackground, until } from '../lab/lab.ts';
import { at, type CliRun, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

const brokers = {
  Redis: (lab: Lab) => lab.redis(),
  RabbitMQ: (lab: Lab) => lab.rabbitmq({ management: true }),
  'the filesystem': (lab: Lab) => lab.filesystem(),
};

type LabBroker = Broker & { readonly managementUrl?: string };

/** As beat calls itself, and under a name of its own. */
const names = ['celerybeat@lab', 'nightly@lab'] as const;

/** A beat of Celery 5.7 that answers pings. */
const startBeat = (lab: Lab, broker: Broker, name: string): Promise<LabBackground> =>
  lab.background({
    broker,
    celery: '5.7',
    args: ['-m', 'celery', '-A', 'lab_app', 'beat', '--enable-remote-control', '-n', name, '-l', 'INFO', '-s', name],
    readyWhen: 'beat pidbox: Connected',
  });

/** Who answers Celery's own ping. */
const pinged = async (lab: Lab, broker: Broker): Promise<readonly string[]> => {
  const { stdout } = await lab.celery({ broker, celery: '5.7', args: ['inspect', 'ping', '--json'] });
  return Object.keys(JSON.parse(stdout || '{}')).toSorted();
};

/** Nobody who waits for a beat in vain is back so soon. */
const patience = ['--timeout', '20'];
const wellBelowMs = 10_000;

const promptly = async (args: readonly string[]): Promise<CliRun> => {
  const startedAt = performance.now();
  const run = await celeriac([...args, ...patience]);
  const tookMs = performance.now() - startedAt;
  assert.ok(tookMs < wellBelowMs, `"${args.slice(0, 2).join(' ')}" took ${Math.round(tookMs)} ms. ${run.stderr}`);
  return run;
};

const isKnownForWhatItIs = async (lab: Lab, broker: LabBroker): Promise<void> => {
  // Which mailboxes there are only the management API reports.
  const seen =
    broker.managementUrl === undefined
      ? broker
      : { url: broker.url, transportOptions: { management_url: broker.managementUrl } };
  // One after the other: kombu's filesystem broker loses a mailbox when two make its table at the same moment.
  await lab.worker({ broker, celery: '5.7', name: 'w', pool: 'solo' });
  for (const name of names) await startBeat(lab, broker, name);
  const everybody = [...names, 'w@lab'].toSorted();
  await until('Celery reaches them all', async () => (await pinged(lab, broker)).join() === everybody.join());

  const active = await promptly(['inspect', 'active', '--json', ...at(seen)]);
  assert.deepEqual([active.code, active.stderr], [0, '']);
  assert.deepEqual(Object.keys(JSON.parse(active.stdout)), ['w@lab']);
  const ping = await promptly(['inspect', 'ping', '--json', ...at(seen)]);
  assert.deepEqual(Object.keys(JSON.parse(ping.stdout)).toSorted(), everybody);
  for (const name of names) {
    const stats = await promptly(['inspect', 'stats', '--destination', name, ...at(seen)]);
    assert.equal(stats.stderr, `${name} is a beat, not a worker: it answers only "ping".\n`);
  }

  const status = await promptly(['status', '--json', ...at(seen)]);
  const shown = JSON.parse(status.stdout);
  assert.equal(status.stderr, '');
  assert.deepEqual(Object.keys(shown.workers), ['w@lab']);
  // RabbitMQ does not count mailboxes, so that a beat under a name of its own is found only by looking longer.
  assert.equal(statusOf(shown.beats)[names[0]], 'alive');
  const screen = await promptly(['status', ...at(seen)]);
  assert.match(screen.stdout, /· 1 worker online$/m);
  assert.match(screen.stdout, /^Beat celerybeat@lab: alive, answered (just now|\d s ago)\.$/m);

  const served = await Served.start(seen);
  const known = await until('the server knows both', async () => {
    const { beats: told } = (await served.json('/api/v1/beats')).body;
    return told.length === names.length ? told : null;
  });
  assert.deepEqual(statusOf(known), Object.fromEntries(names.map((name) => [name, 'alive'])));
  assert.equal((await served.json('/api/v1/workers')).body.workers.length, 1);
};

const isMissed = async (lab: Lab): Promise<void> => {
  const broker = await lab.redis();
  const beat = await startBeat(lab, broker, names[0]);
  const served = await Served.start(broker);
  const status = async () => statusOf((await served.json('/api/v1/beats')).body.beats)[names[0]];
  await until('the server knows it', async () => (await status()) === 'alive');
  beat.pause();
  await until('it is reported silent', async () => (await status()) === 'silent', 40_000);
  beat.resume();
};

const statusOf = (beats: readonly { readonly hostname: string; readonly status: string }[]) =>
  Object.fromEntries(beats.map(({ hostname, status }) => [hostname, status]).toSorted());

describe('a beat with remote control', { concurrency: 2 }, () => {
  for (const [where, start] of Object.entries(brokers))
    labTest(`is asked only what it answers and counts as no worker, on ${where}`, async (lab) =>
      isKnownForWhatItIs(lab, await start(lab)),
    );
  labTest('that hangs is reported silent', isMissed);
});

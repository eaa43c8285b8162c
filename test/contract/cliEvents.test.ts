import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { LabRedis } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { at, CliProcess, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';

type Json = Readonly<Record<string, unknown>>;

/** Starts commands and resolves when each of them has subscribed to the events. */
const listening = async <T extends readonly CliProcess[]>(broker: LabRedis, start: () => T): Promise<T> => {
  const subscribers = async (): Promise<number> =>
    (await broker.cli(['client', 'list', 'type', 'pubsub'])).split('\n').filter((line) => line !== '').length;
  const before = await subscribers();
  const started = start();
  await until('every command listens', async () => (await subscribers()) === before + started.length);
  return started;
};

const parsed = (lines: readonly string[]): Json[] => lines.map((line) => JSON.parse(line));

describe('celeriac events', { concurrency: 2 }, () => {
  labTest('records what a replay turns into the state that a snapshot saw', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', concurrency: 2 });
    const [recorder, snapshot, limited] = await listening(
      broker,
      () =>
        [
          new CliProcess(['events', '--json', ...at(broker)]),
          new CliProcess(['snapshot', '--json', '--seconds', '600', ...at(broker)]),
          new CliProcess(['events', '--json', '--limit', '7', ...at(broker)]),
        ] as const,
    );
    const ids = (
      await Promise.all([
        lab.send({ broker, task: 'lab.echo', args: ['hé'], count: 5 }),
        lab.send({ broker, task: 'lab.fail', args: ['two\nlines'], count: 2 }),
        lab.send({ broker, task: 'lab.retry', args: [1] }),
      ])
    ).flat();
    const ends = () => recorder.lines.filter((line) => /"type":"task-(succeeded|failed)"/.test(line)).length;
    await until('all tasks have ended', () => ends() === 8, 60_000);
    const beats = () => recorder.lines.filter((line) => line.includes('"type":"worker-heartbeat"')).length;
    const beatsBefore = beats();
    await until('a heartbeat has passed after them, so that nothing is on its way', () => beats() > beatsBefore);
    snapshot.kill('SIGINT');
    recorder.kill('SIGINT');
    const seen = await snapshot.ended;
    const recorded = await recorder.ended;
    assert.equal(recorded.code, 0, recorded.stderr);
    assert.equal((await limited.ended).stdout.split('\n').length, 7 + 1);
    const events = parsed(recorder.lines);
    for (const event of events) {
      assert.equal(typeof event['local_received'], 'number');
      assert.ok(Math.abs(Number(event['local_received']) - Number(event['timestamp'])) < 5);
    }
    const replayed = await celeriac(['replay', '-', '--json'], { input: recorded.stdout });
    assert.equal(replayed.code, 0, replayed.stderr);
    const [fromSnapshot, fromReplay] = [JSON.parse(seen.stdout), JSON.parse(replayed.stdout)];
    assert.deepEqual(Object.keys(fromReplay.tasks).toSorted(), ids.toSorted());
    assert.deepEqual(fromReplay.tasks, fromSnapshot.tasks);
    assert.deepEqual(Object.keys(fromReplay.workers), ['w@lab']);
    assert.deepEqual(Object.keys(fromReplay.counters), ['events', 'invalid', 'lost', 'evicted']);
    assert.equal(fromReplay.counters.events, events.length);
    const states = Object.values<Json>(fromReplay.tasks).map((task) => task['state']);
    assert.equal(states.filter((state) => state === 'SUCCESS').length, 6);
    assert.equal(states.filter((state) => state === 'FAILURE').length, 2);
  });

  labTest('prints one aligned line an event, with names that earlier events told', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const wanted = ['--type', 'task-*', '--worker', 'w@*', '--limit', '6'];
    const [events] = await listening(broker, () => [new CliProcess(['events', ...wanted, ...at(broker)])] as const);
    const [id = ''] = await lab.send({ broker, task: 'lab.echo', args: ['x'] });
    await lab.send({ broker, task: 'lab.fail', args: ['no'] });
    const { code, stderr, stdout } = await events.ended;
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 6);
    const where = new Set(lines.map((line) => line.indexOf(' w@lab ')));
    assert.equal(where.size, 1, stdout);
    for (const line of lines)
      assert.match(line, /^\d\d:\d\d:\d\d\.\d{3} {2}task-\w+ +w@lab +\w{8} {2}lab\.(echo|fail)/);
    assert.match(stdout, new RegExp(`task-succeeded +w@lab +${id.slice(0, 8)} {2}lab\\.echo +[\\d.]+ m?s {2}'x'`));
    assert.match(stdout, /task-failed +w@lab +\w{8} {2}lab\.fail +LabError\('no'\)$/m);
  });

  labTest('survives the death of the broker and says what was missed', async (lab) => {
    const broker = await lab.redis();
    const [events] = await listening(broker, () => [new CliProcess(['events', ...at(broker)])] as const);
    await broker.kill();
    await events.said(/celeriac: .*Redis.* Reconnecting in \d+ s\.\n/);
    await broker.start();
    await events.said(/celeriac: Reconnected after \d+ s\. Events from that time may be missing\.\n/);
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    await events.printed(/worker-online +w@lab/);
    events.kill('SIGTERM');
    assert.equal((await events.ended).code, 0);
  });

  labTest('keeps trying a broker that was never there until it is interrupted, and then has failed', async (lab) => {
    const broker = await lab.redis();
    await broker.kill();
    const events = new CliProcess(['events', '--json', ...at(broker)]);
    await events.said(/Connection refused at .* Reconnecting in \d+ s\./);
    events.kill('SIGINT');
    const { code, stdout } = await events.ended;
    assert.deepEqual([code, stdout], [1, '']);
  });

  labTest('ends silently and in order when its reader has had enough', async (lab) => {
    const broker = await lab.filesystem();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const exchange = join(broker.transportOptions.control_folder, 'celeryev.exchange');
    const events = new CliProcess(['events', '--json', ...at(broker)]);
    await events.printed(/worker-heartbeat/);
    assert.notDeepEqual(JSON.parse(readFileSync(exchange, 'utf8')), []);
    events.closeOutput();
    const { code, stderr } = await events.ended;
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(JSON.parse(readFileSync(exchange, 'utf8')), []);
    const files = readdirSync(broker.transportOptions.data_folder_in);
    assert.deepEqual(
      files.filter((file) => file.includes('celeryev')),
      [],
    );
  });
});

describe('celeriac tasks, task and snapshot', { concurrency: 2 }, () => {
  labTest('end as soon as the task that was asked for has ended', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const [id = ''] = await lab.send({ broker, task: 'lab.echo', args: ['late'], options: { countdown: 5 } });
    const startedAt = performance.now();
    const { code, stdout, stderr } = await celeriac(['task', id, '--seconds', '60', ...at(broker)]);
    assert.equal(code, 0, stderr);
    assert.ok(performance.now() - startedAt < 30_000);
    assert.match(stdout, new RegExp(`${id}\nSUCCESS · ran `));
    assert.match(stdout, /^result {2}'late'$/m);
    const none = await celeriac(['task', id, '--seconds', '0.2', ...at(broker)]);
    assert.equal(none.code, 3);
    assert.match(none.stderr, /^Listened .*: no event for task .* received/);
  });

  labTest('say how long they listened, and that task events are off', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', pool: 'solo', events: false });
    const { code, stdout, stderr } = await celeriac(['tasks', '--seconds', '0.5', ...at(broker)]);
    assert.deepEqual([code, stdout], [0, '']);
    assert.match(
      stderr,
      /^Listened [\d.]+ m?s on redis:.*: no tasks\. Workers sent events, but no task events.*-E, or run: celery .*enable_events/,
    );
  });

  labTest('print what they have when interrupted, and exit with 130', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const [snapshot, witness] = await listening(
      broker,
      () =>
        [
          new CliProcess(['snapshot', '--json', '--seconds', '600', ...at(broker)]),
          new CliProcess(['events', '--type', 'task-succeeded', '--limit', '1', ...at(broker)]),
        ] as const,
    );
    await lab.send({ broker, task: 'lab.echo', args: [1] });
    await witness.ended;
    snapshot.kill('SIGINT');
    const { code, stdout } = await snapshot.ended;
    assert.equal(code, 130);
    const { workers, tasks } = JSON.parse(stdout);
    assert.deepEqual(Object.keys(workers), ['w@lab']);
    assert.equal(Object.keys(tasks).length, 1);
  });

  labTest('leave a server that never answers at once, with nothing to show', async (_lab, t) => {
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const snapshot = new CliProcess(['snapshot', '--broker', `redis://127.0.0.1:${port}`]);
    const [socket] = (await once(mute, 'connection')) as [Socket];
    t.after(() => {
      socket.destroy();
      mute.close();
    });
    snapshot.kill('SIGINT');
    const { code, stdout, stderr } = await snapshot.ended;
    assert.deepEqual([code, stdout, stderr], [130, '', '']);
  });
});

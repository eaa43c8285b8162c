import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Broker, Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';
import { observe } from './observe.ts';
import { isGroupAlive, processState } from './processes.ts';

const lab = await Lab.open();
after(() => lab.close());

const taskEvents = ['task-received', 'task-sent', 'task-started', 'task-succeeded'];

for (const kind of ['redis', 'filesystem', 'rabbitmq', 'sentinel'] as const)
  labTest(`a worker on ${kind} runs a task, sends its events and answers a ping`, async () => {
    const broker = await lab[kind]();
    const worker = await lab.worker({ broker, name: kind });
    const heard = await observe(lab, broker, 'lab.echo', ['hello']);
    assert.equal(heard.result, 'hello');
    assert.deepEqual(heard.hostnames, [`${kind}@lab`]);
    assert.deepEqual(
      heard.types.filter((type) => type.startsWith('task-')),
      taskEvents,
    );
    assert.deepEqual(await ping(broker), { [`${kind}@lab`]: { ok: 'pong' } });

    await worker.stop();
    assert.match(worker.output(), /Warm shutdown/);
    assert.equal(worker.isRunning, false);
    await worker.start();
    assert.doesNotMatch(worker.output(), /Warm shutdown/);
    await worker.stop();
  });

labTest('a worker without events still runs tasks, but nobody hears of them', async () => {
  const broker = await lab.redis();
  await lab.worker({ broker, events: false, name: 'quiet' });
  const heard = await observe(lab, broker, 'lab.echo', [1]);
  assert.equal(heard.result, 1);
  assert.deepEqual(heard.hostnames, ['quiet@lab']);
  assert.deepEqual(
    heard.types.filter((type) => type.startsWith('task-')),
    ['task-sent'],
  );
});

labTest('a worker takes only from the queues it is given', async () => {
  const broker = await lab.redis();
  const worker = await lab.worker({ broker, queues: ['emails'] });
  await lab.send({ broker, task: 'lab.echo', args: ['not mine'] });
  await lab.send({ broker, task: 'lab.echo', args: ['mine'], queue: 'emails' });
  await until('its task has succeeded', () => worker.output().includes("'mine'"));
  assert.equal(await broker.cli(['llen', 'default']), '1');
});

labTest('a killed worker takes its children along and says no goodbye', async () => {
  const broker = await lab.redis();
  const worker = await lab.worker({ broker, concurrency: 2 });
  const { pid } = worker;
  await lab.send({ broker, task: 'lab.sleep', args: [600] });
  await until('it is busy', () => worker.output().includes('received'));
  await worker.kill();
  assert.equal(isGroupAlive(pid), false);
  assert.doesNotMatch(worker.output(), /shutdown/i);
});

labTest('a paused worker keeps its connection but answers only when it is resumed', async () => {
  const broker = await lab.redis();
  const worker = await lab.worker({ broker });
  worker.pause();
  await until('it is stopped', () => processState(worker.pid) === 'T');
  assert.deepEqual(await ping(broker), {});
  worker.resume();
  await until('it answers again', async () => worker.hostname in (await ping(broker)));
});

labTest('a test decides how long a task runs', async () => {
  const broker = await lab.redis();
  const worker = await lab.worker({ broker });
  const gate = join(lab.folder, 'go-on');
  await lab.send({ broker, task: 'lab.until_file', args: [gate] });
  await until('it is active', async () => /lab\.until_file/.test(await inspect(broker, 'active')));
  assert.doesNotMatch(worker.output(), /succeeded/);
  writeFileSync(gate, '');
  await until('it has succeeded', () => worker.output().includes('succeeded'));
});

labTest('a worker that cannot start says why, in its own words', async () => {
  const broker = await lab.redis();
  await assert.rejects(lab.worker({ broker, args: ['--no-such-option'] }), /ended at once[\s\S]*No such option/);
});

labTest('a client behind the proxy feels what is done to it', async () => {
  const redis = await lab.redis();
  const proxy = await lab.proxy(redis);
  const broker = { url: `redis://127.0.0.1:${proxy.port}/0` };
  const worker = await lab.worker({ broker });
  assert.ok(proxy.connections > 0);
  proxy.reset();
  await until('the worker has noticed', () => /Connection to broker lost|Trying to re-establish/.test(worker.output()));
  await until('it is back', async () => worker.hostname in (await ping(redis)));
});

const inspect = async (broker: Broker, command: string): Promise<string> =>
  (await lab.celery({ broker, args: ['inspect', command, '--json'] })).stdout;

/** Celery exits with an error, and prints nothing, when nobody has answered. */
const ping = async (broker: Broker): Promise<object> => JSON.parse((await inspect(broker, 'ping')) || '{}');

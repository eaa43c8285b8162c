import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Lab, until } from './lab.ts';

const lab = await Lab.open();
after(() => lab.close());

for (const kind of ['redis', 'filesystem', 'rabbitmq', 'sentinel'] as const) {
  test(`a worker on ${kind} runs a task and answers a ping`, async () => {
    const broker = await lab[kind]();
    const worker = await lab.worker({ broker, name: kind });
    await lab.send({ broker, task: 'lab.echo', args: ['hello'], count: 3 });
    await until('three tasks have succeeded', () => worker.output().match(/succeeded/g)?.length === 3);
    const ping = await lab.celery({ broker, args: ['inspect', 'ping', '--json'] });
    assert.equal(ping.code, 0, ping.stderr);
    assert.deepEqual(JSON.parse(ping.stdout), { [`${kind}@lab`]: { ok: 'pong' } });
    await worker.stop();
    assert.match(worker.output(), /Warm shutdown/);
    assert.equal(worker.isRunning, false);
  });
}

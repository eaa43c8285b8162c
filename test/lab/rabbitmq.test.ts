import assert from 'node:assert/strict';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';
import { processState } from './processes.ts';

const lab = await Lab.open();
after(() => lab.close());

labTest('RabbitMQ with management answers by AMQP, by HTTP and by rabbitmqctl', async () => {
  const rabbit = await lab.rabbitmq({ management: true });
  const url = new URL('/api/overview', rabbit.managementUrl);
  const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
  url.username = url.password = '';
  const overview: unknown = await (await fetch(url, { headers: { authorization } })).json();
  assert.ok(typeof overview === 'object' && overview !== null && 'node' in overview);
  assert.equal(overview.node, rabbit.nodename);

  await lab.send({ broker: rabbit, task: 'orders.refund', args: ['1', 100], count: 2 });
  assert.match(await rabbit.ctl(['-q', 'list_queues', 'name', 'messages']), /priority\s+2/);
  await assert.rejects(rabbit.ctl(['nonsense']), /nonsense/);
});

labTest('a killed RabbitMQ comes back on its port with its durable queues', async () => {
  const rabbit = await lab.rabbitmq();
  // Confirmed means on disk; without it, what was published just before the kill may be lost.
  const broker = { ...rabbit, transportOptions: { confirm_publish: true } };
  await lab.send({ broker, task: 'orders.refund', args: ['1', 100] });
  const { pid } = rabbit;
  await rabbit.kill();
  assert.equal(processState(pid), undefined);
  await rabbit.start();
  assert.notEqual(rabbit.pid, pid);
  assert.match(await rabbit.ctl(['-q', 'list_queues', 'name', 'messages']), /priority\s+1/);

  rabbit.pause();
  await until('it is stopped', () => processState(rabbit.pid) === 'T');
  rabbit.resume();
  await until('it goes on', () => processState(rabbit.pid) !== 'T');

  await rabbit.stop();
  assert.match(rabbit.output(), /SIGTERM received/);
});

for (const tls of [true, 'mutual'] as const)
  labTest(`a worker reaches RabbitMQ by ${tls === true ? 'TLS' : 'TLS with its own certificate'}`, async () => {
    const broker = await lab.rabbitmq({ tls });
    const worker = await lab.worker({ broker, pool: 'solo' });
    await lab.send({ broker, task: 'lab.echo', args: ['hello'] });
    await until('the task has succeeded', () => worker.output().includes('succeeded'));
    await worker.stop();
    const { url, caFile = '' } = broker;
    const stranger = { url, useSsl: tls === true ? { cert_reqs: 'CERT_REQUIRED' } : { ca_certs: caFile } };
    const refused = await lab.python({
      broker: stranger,
      code: fileURLToPath(new URL('python/connect_once.py', import.meta.url)),
    });
    assert.match(refused.stderr, tls === true ? /certificate verify failed/i : /ssl\.SSL\w*Error/);
    await broker.stop();
  });

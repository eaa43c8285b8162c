import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { type Lab, until } from '../lab/lab.ts';
import { heartbeat } from './amqpListener.ts';
import { amqpSuite } from './amqpSuite.ts';
import { openRecorded } from './recordedSession.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Environment in which the lab's app has these settings on top. */
const withSettings = (lab: Lab, name: string, settings: string): Record<string, string> => {
  const folder = join(lab.folder, name);
  mkdirSync(folder);
  const original = at('../lab/python/lab_app.py');
  writeFileSync(
    join(folder, 'lab_app.py'),
    `exec(compile(open(${JSON.stringify(original)}).read(), "lab_app", "exec"))\nfrom kombu import Queue\n${settings}\n`,
  );
  return { PYTHONPATH: [folder, at('../../demo')].join(delimiter) };
};

amqpSuite('RabbitMQ: workers of other kinds', {}, (check) => {
  check('a worker on quorum queues is heard and reached like any other', async ({ lab, rabbitmq, config }) => {
    const env = withSettings(
      lab,
      'quorum',
      'app.conf.task_queues = [Queue("q", queue_arguments={"x-queue-type": "quorum"})]\napp.conf.task_default_queue_type = "quorum"',
    );
    const session = await openRecorded(createAmqpBroker(config));
    const worker = await lab.worker({ broker: rabbitmq, name: 'quorum', queues: ['q'], env });
    assert.match(await rabbitmq.ctl(['-q', 'list_queues', 'name', 'type']), /^q\trabbit_quorum_queue$|^q\tquorum$/m);
    await lab.send({ broker: rabbitmq, env, task: 'lab.echo', args: [1], queue: 'q', count: 20 });
    await session.count(20, (event) => event.type === 'task-succeeded');
    assert.equal(await session.broadcast(heartbeat), null);
    await session.event((event) => event.hostname === worker.hostname && event['freq'] === 5);
    assert.deepEqual(session.problems, []);
    await worker.stop();
    await session.close();
    assert.equal(await session.ended, null);
  });

  check('a worker whose mailbox is exclusive is reached', async ({ lab, rabbitmq, config }) => {
    const env = withSettings(lab, 'exclusive', 'app.conf.control_queue_exclusive = True');
    const session = await openRecorded(createAmqpBroker(config));
    const worker = await lab.worker({ broker: rabbitmq, name: 'exclusive', env });
    const queues = await rabbitmq.ctl(['-q', 'list_queues', 'name', 'exclusive']);
    assert.match(queues, /^exclusive@lab\.celery\.pidbox\ttrue$/m);
    assert.equal(await session.broadcast(heartbeat), null);
    await session.event((event) => event.hostname === worker.hostname && event['freq'] === 5);
    await worker.stop();
    await until('its mailbox is gone', async () => (await session.broadcast(heartbeat)) === 0);
    await session.close();
  });

  check('our queue is classic, durable and expires', async ({ rabbitmq, admin, config }) => {
    const session = await openRecorded(createAmqpBroker(config));
    const [line = ''] = (await rabbitmq.ctl(['-q', 'list_queues', 'name', 'type', 'durable', 'arguments']))
      .split('\n')
      .filter((text) => text.startsWith('celeryev.celeriac.'));
    assert.match(line, /\t(rabbit_classic_queue|classic)\ttrue\t(?=.*x-expires"?,60000)(?=.*x-queue-type"?,"?classic)/);
    await session.close();
    assert.deepEqual(await admin.ourQueues(), []);
  });
});

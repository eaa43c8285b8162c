import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { celeryVersions } from '../../scripts/setup/python.ts';
import { Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';
import { observe } from './observe.ts';

const lab = await Lab.open();
after(() => lab.close());

describe('the lab', { concurrency: 2 }, () => {
  // kombu's filesystem transport has no fanout before 5.3: no events, no control (see the next test).
  for (const celery of celeryVersions)
    for (const kind of ['redis', 'rabbitmq', 'filesystem'] as const)
      if (!(celery === '5.2' && kind === 'filesystem'))
        labTest(`Celery ${celery} works on ${kind}`, async () => {
          const broker = await lab[kind]();
          const worker = await lab.worker({ broker, celery });
          assert.ok(worker.version.startsWith(`${celery}.`), worker.version);
          assert.match(worker.output(), new RegExp(` v${worker.version.replaceAll('.', '\\.')} `));
          const heard = await observe(lab, broker, 'lab.echo', ['hello'], celery);
          assert.equal(heard.result, 'hello');
          assert.ok(heard.types.includes('task-succeeded'), heard.types.join());
          await worker.stop();
          if (kind === 'rabbitmq' && 'stop' in broker) await broker.stop();
        });

  labTest('Celery 5.2 runs tasks on the filesystem broker', async () => {
    const broker = await lab.filesystem();
    const worker = await lab.worker({ broker, celery: '5.2' });
    await lab.send({ broker, celery: '5.2', task: 'lab.echo', args: ['hello'] });
    await until('the task has succeeded', () => worker.output().includes('succeeded'));
  });

  for (const pool of ['prefork', 'solo', 'threads', 'gevent', 'eventlet'] as const)
    labTest(`a worker runs tasks with the ${pool} pool`, async () => {
      const broker = await lab.redis();
      const worker = await lab.worker({ broker, pool, concurrency: 2 });
      const banner = { prefork: 'prefork', solo: 'solo', threads: 'thread', gevent: 'gevent', eventlet: 'eventlet' }[
        pool
      ];
      assert.match(worker.output(), new RegExp(`concurrency: 2 \\(${banner}\\)`));
      await lab.send({ broker, task: 'lab.echo', args: ['hello'], count: 3 });
      await until('three tasks have succeeded', () => worker.output().match(/succeeded/g)?.length === 3);
      await worker.stop();
    });
});

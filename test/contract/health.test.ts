import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/lab.ts';
import { labTest } from './labTest.ts';
import { quickly, watchHealth } from './watchHealth.ts';

describe('the health of a real cluster', { concurrency: 2 }, () => {
  labTest('RabbitMQ short of memory: an alarm at once, over when it is', async (lab, t) => {
    const broker = await lab.rabbitmq();
    await lab.worker({ broker, name: 'one', pool: 'solo' });
    const { raised, ended, snapshot } = await watchHealth(t, quickly(broker), join(lab.folder, 'h'));
    await until('the worker is well', () => snapshot().verdict.level === 'healthy', 30_000);
    await broker.ctl(['set_vm_memory_high_watermark', '0.00001']);
    const alarm = await raised('brokerAlarm', 'critical');
    assert.match(alarm.sentence, /accepts no messages/);
    assert.equal(snapshot().verdict.reasons[0]?.alertId, alarm.id);
    await broker.ctl(['set_vm_memory_high_watermark', '0.8']);
    await ended('brokerAlarm');
  });

  labTest('RabbitMQ short of disk space, with its management: the alarm, and whom it holds up', async (lab, t) => {
    const broker = await lab.rabbitmq({ management: true });
    const worker = await lab.worker({ broker, name: 'one', pool: 'solo' });
    const connection = quickly(broker);
    const transportOptions = { ...connection.transportOptions, management_url: broker.managementUrl };
    const { cluster, raised, ended } = await watchHealth(t, { ...connection, transportOptions }, join(lab.folder, 'h'));
    await until('the worker is known', () => cluster.state.workers.has(worker.hostname));
    await broker.ctl(['set_disk_free_limit', 'mem_relative', '1000.0']);
    await raised('brokerAlarm', 'critical');
    const look = async (rule: string, isRaised: boolean) => {
      await cluster.health.survey(cluster.operations).catch(() => undefined);
      return cluster.health.alerts.some((each) => each.rule === rule) === isRaised;
    };
    await until('a connection is held up', () => look('blockedConnections', true), 60_000, 1_000);
    await broker.ctl(['set_disk_free_limit', '1MB']);
    await until('the alarm is over', () => look('brokerAlarm', false), 60_000, 1_000);
    await until('nobody is held up', () => look('blockedConnections', false), 60_000, 1_000);
    await ended('blockedConnections');
  });

  labTest('messages that nobody consumes: a warning at once, critical later, over with a consumer', async (lab, t) => {
    const broker = await lab.redis();
    const worker = await lab.worker({ broker, name: 'one', pool: 'solo' });
    const rules = { queueUnconsumed: { criticalAfterSeconds: 6 } };
    const { cluster, raised, ended, snapshot } = await watchHealth(t, quickly(broker, rules), join(lab.folder, 'h'));
    await until('the worker is well', () => snapshot().verdict.level === 'healthy', 30_000);
    await lab.send({ broker, task: 'lab.echo', args: [1], queue: 'nobody', count: 3 });
    // Redis names no queue that nobody has declared; whoever watches it names it.
    await cluster.operations.readQueues(['nobody']);
    const warned = await raised('queueUnconsumed', 'warning');
    assert.match(warned.sentence, /^3 messages are waiting in nobody, which has no consumer\.$/);
    await raised('queueUnconsumed', 'critical');
    await cluster.operations.ask({
      method: 'add_consumer',
      arguments: { queue: 'nobody' },
      destination: [worker.hostname],
    });
    await ended('queueUnconsumed');
    await until('all is well again', () => snapshot().verdict.level === 'healthy');
  });

  labTest('two workers of one name', async (lab, t) => {
    const broker = await lab.redis();
    const first = await lab.worker({ broker, name: 'twin', pool: 'solo' });
    const { raised, alert } = await watchHealth(t, quickly(broker), join(lab.folder, 'h'));
    const second = await lab.worker({ broker, name: 'twin', pool: 'solo', celery: '5.4' }).catch(() => null);
    t.after(() => first.kill());
    assert.ok(second, 'the second one started');
    assert.match((await raised('duplicateNames', 'warning')).sentence, /^2 workers share the name twin@lab/);
    assert.equal(alert('workerRestarts'), undefined);
  });

  labTest('a task that is scheduled beyond what Redis waits', async (lab, t) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one', pool: 'solo' });
    const { raised, cluster } = await watchHealth(t, quickly(broker), join(lab.folder, 'h'));
    await until('the worker is known', () => cluster.state.workers.size === 1);
    await lab.send({ broker, task: 'lab.echo', args: [1], options: { countdown: 7_200 } });
    const alert = await raised('visibilityTimeout', 'warning');
    assert.match(
      alert.sentence,
      /^lab\.echo is scheduled 2 h ahead, but Redis redelivers unacknowledged messages after 1 h/,
    );
    assert.deepEqual([alert.threshold, alert.subject.name], [3_600, 'lab.echo']);
  });

  labTest('ten thousand failures of ten thousand causes, and as many of one, stay within bounds', async (lab, t) => {
    const broker = await lab.redis();
    const { cluster, snapshot } = await watchHealth(t, quickly(broker), join(lab.folder, 'h'));
    const code = `
from uuid import uuid4
from lab_app import app
with app.events.default_dispatcher(hostname="w@lab") as events:
    for number in range(10_000):
        events.send("task-failed", uuid=str(uuid4()), exception=f"E{number}('no')", traceback=None)
        events.send("task-failed", uuid=str(uuid4()), exception=f"Same('order {number}')", traceback=None)
`;
    const { code: exit, stderr } = await lab.python({ broker, code });
    assert.equal(exit, 0, stderr);
    await until('all are counted', () => cluster.state.counters().events >= 20_000, 60_000);
    const groups = () => Object.values(snapshot().failures);
    await until(
      'the mirror has what the engine has',
      () => {
        const own = new Map(cluster.failures.all.map((group) => [group.id, group.count]));
        return groups().length === own.size && groups().every(({ id, count }) => own.get(id) === count);
      },
      60_000,
    );
    assert.ok(groups().length <= 2_000, `${groups().length} groups`);
    assert.equal(groups().find(({ exceptionType }) => exceptionType === 'Same')?.count, 10_000);
  });
});

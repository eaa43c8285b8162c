import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { CeleriacError } from '../../server/api/errors.ts';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { Lab } from '../lab/lab.ts';
import { openAdmin } from './amqpAdmin.ts';
import { heartbeat, listen, noSignal } from './amqpListener.ts';
import { connectionTo } from './connectionTo.ts';

const lab = await Lab.open();
after(() => lab.close());

const refusal = async (config: ConnectionConfig): Promise<CeleriacError> => {
  try {
    await (await createAmqpBroker(config).connect(listen(), noSignal)).close();
  } catch (error) {
    if (error instanceof CeleriacError) return error;
    throw error;
  }
  assert.fail('it connected');
};

describe('RabbitMQ: who may do what', { timeout: 120_000 }, async () => {
  const rabbitmq = await lab.rabbitmq();
  const admin = await openAdmin(rabbitmq);
  after(() => admin.close());
  const config = connectionTo(rabbitmq);
  const as = (user: string, vhost = '/'): ConnectionConfig => ({
    ...config,
    url: `amqp://${user}:pass-of-${user}@${rabbitmq.host}:${rabbitmq.port}/${encodeURIComponent(vhost)}`,
  });
  const nothing = { configure: '^$', write: '^$', read: '^$' };
  const addUser = async (user: string, rights: Readonly<Record<string, string>> = {}): Promise<void> => {
    await rabbitmq.ctl(['add_user', user, `pass-of-${user}`]);
    const { configure, write, read } = { ...nothing, ...rights };
    await rabbitmq.ctl(['set_permissions', user, configure, write, read]);
  };

  it('a user who follows each sentence has in the end exactly the rights that are needed', async () => {
    const granted: Record<string, string> = { ...nothing };
    const asked: string[] = [];
    await addUser('novice');
    const mailbox = await admin.mailbox('worker.celery.pidbox');
    for (;;) {
      const error = await act(as('novice'));
      if (!error) break;
      assert.equal(error.code, 'brokerPermission', error.message);
      const { right, resource, name, pattern } =
        /the (?<right>\w+) right on the (?<resource>\w+) "(?<name>[^"]+)" .*also match (?<pattern>\S+)/.exec(
          error.message,
        )?.groups ?? {};
      assert.ok(right && pattern, error.message);
      assert.doesNotMatch(error.message, /pass-of-novice/);
      asked.push(`${right} ${resource} ${name}`);
      assert.ok(asked.length < 10, asked.join(', '));
      granted[right] = granted[right] === '^$' ? pattern : `${granted[right]}|${pattern}`;
      await rabbitmq.ctl([
        'set_permissions',
        'novice',
        granted['configure'] ?? '',
        granted['write'] ?? '',
        granted['read'] ?? '',
      ]);
    }
    assert.deepEqual(asked, [
      'configure queue celeryev.celeriac.*',
      'write queue celeryev.celeriac.*',
      'read exchange celeryev',
      'read queue celeryev.celeriac.*',
      'write exchange celery.pidbox',
    ]);
    assert.equal(await mailbox.waiting(), 1);
    assert.deepEqual(await admin.ourQueues(), []);
  });

  it('the exchange of the events needs no right when it exists, and a named one when it does not', async () => {
    await rabbitmq.ctl(['add_vhost', 'empty']);
    await addUser('builder');
    await rabbitmq.ctl(['set_permissions', '-p', 'empty', 'builder', '^celeryev\\.', '.*', '.*']);
    const error = await refusal(as('builder', 'empty'));
    assert.equal(error.code, 'brokerPermission');
    assert.match(
      error.message,
      /create the exchange of Celery's events.*the configure right on the exchange "celeryev" in the virtual host "empty"/,
    );
    await rabbitmq.ctl(['set_permissions', '-p', 'empty', 'builder', '^celeryev', '.*', '.*']);
    const session = await createAmqpBroker(as('builder', 'empty')).connect(listen(), noSignal);
    await session.close();
    assert.ok((await admin.footprint('empty')).includes('celeryev\ttopic'));
  });

  it('a topic permission that hides events is named', async () => {
    await addUser('narrow', { configure: '.*', write: '.*', read: '.*' });
    await rabbitmq.ctl(['set_topic_permissions', 'narrow', 'celeryev', '.*', '^task\\.']);
    const error = await refusal(as('narrow'));
    assert.equal(error.code, 'brokerPermission');
    assert.match(error.message, /read the routing key # of the exchange "celeryev".*set_topic_permissions/);
  });

  it('a virtual host is found by its percent-encoded name, and left as it was', async () => {
    const vhost = 'shop/eu ü';
    await rabbitmq.ctl(['add_vhost', vhost]);
    await rabbitmq.ctl(['set_permissions', '-p', vhost, 'guest', '.*', '.*', '.*']);
    const url = `amqp://guest:guest@${rabbitmq.host}:${rabbitmq.port}/${encodeURIComponent(vhost)}`;
    const before = await admin.footprint(vhost);
    const session = await createAmqpBroker({ ...config, url }).connect(listen(), noSignal);
    const during = await admin.footprint(vhost);
    assert.equal(during.filter((line) => /^celeryev\tceleryev\.celeriac\.\S+\t#$/.test(line)).length, 1);
    await session.close();
    const left = await admin.footprint(vhost);
    assert.deepEqual(
      left.filter((line) => !before.includes(line)),
      ['celeryev\ttopic'],
    );
  });

  it('a limit of connections is told in the words of the server', async () => {
    await rabbitmq.ctl(['add_vhost', 'full']);
    await rabbitmq.ctl(['set_permissions', '-p', 'full', 'guest', '.*', '.*', '.*']);
    await rabbitmq.ctl(['set_vhost_limits', '-p', 'full', '{"max-connections": 0}']);
    const error = await refusal({ ...config, url: `amqp://guest:guest@${rabbitmq.host}:${rabbitmq.port}/full` });
    assert.equal(error.code, 'brokerUnreachable');
    assert.match(error.message, /did not open the virtual host "full".*limit/);
  });

  it('the first host of several that works is used, and the order is that of the URL', async () => {
    const working = `amqp://guest:guest@${rabbitmq.host}:${rabbitmq.port}//`;
    const session = await createAmqpBroker({
      ...config,
      url: `amqp://guest:guest@127.0.0.1:1//;${working};amqp://127.0.0.1:2`,
    }).connect(listen(), noSignal);
    assert.equal(session.server.product, 'RabbitMQ');
    await session.close();
  });

  it('when no host works each says why, and the code is that of the one that came furthest', async () => {
    const url = `amqp://guest:guest@127.0.0.1:1//;amqp://guest:nonsense@${rabbitmq.host}:${rabbitmq.port}//`;
    const error = await refusal({ ...config, url });
    assert.equal(error.code, 'brokerAuth');
    assert.match(error.message, /^None of the 2 hosts .*Nothing listens at 127\.0\.0\.1:1.*refused the user "guest"/);
    assert.doesNotMatch(error.message, /nonsense/);
  });
});

/** Connects and sends a command to a mailbox; resolves with the refusal, `null` when nothing was refused. */
const act = async (config: ConnectionConfig): Promise<CeleriacError | null> => {
  try {
    const session = await createAmqpBroker(config).connect(listen(), noSignal);
    try {
      await session.broadcast(heartbeat);
    } finally {
      await session.close();
    }
    return null;
  } catch (error) {
    if (error instanceof CeleriacError) return error;
    throw error;
  }
};

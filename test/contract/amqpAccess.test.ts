import assert from 'node:assert/strict';
import type { ConnectionConfig } from '../../server/api/model.ts';
import { createAmqpBroker } from '../../server/brokers/amqp.ts';
import { heartbeat, listen, openSession } from './amqpListener.ts';
import { attempt, refusal } from './amqpRefusal.ts';
import { type AmqpSubject, amqpSuite } from './amqpSuite.ts';

interface Rights {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

const nothing: Rights = { configure: '^$', write: '^$', read: '^$' };
const everything: Rights = { configure: '.*', write: '.*', read: '.*' };

const as = ({ rabbitmq, config }: AmqpSubject, user: string, vhost = '/'): ConnectionConfig => ({
  ...config,
  url: `amqp://${user}:pass-of-${user}@${rabbitmq.host}:${rabbitmq.port}/${encodeURIComponent(vhost)}`,
});

const grant = async ({ rabbitmq }: AmqpSubject, user: string, rights: Rights, vhost = '/'): Promise<void> => {
  await rabbitmq.ctl(['set_permissions', '-p', vhost, user, rights.configure, rights.write, rights.read]);
};

const addUser = async (subject: AmqpSubject, user: string): Promise<void> => {
  await subject.rabbitmq.ctl(['add_user', user, `pass-of-${user}`]);
};

/** What the sentence of a missing right asks for. */
const readDemand = (sentence: string) => {
  const pattern =
    /the (?<right>configure|write|read) permission on the (?<what>\w+ "[^"]+") .*also match (?<match>\S+)/;
  const { right, what = '', match = '' } = pattern.exec(sentence)?.groups ?? {};
  if (right === 'configure' || right === 'write' || right === 'read') return { right, what, match } as const;
  assert.fail(`no right is named in: ${sentence}`);
};

amqpSuite('RabbitMQ: who may do what', {}, (check) => {
  check('a user who follows each sentence has in the end the rights that are needed', async (subject) => {
    const mailbox = await subject.admin.mailbox('worker.celery.pidbox');
    const asked: string[] = [];
    let rights = nothing;
    await addUser(subject, 'novice');
    await grant(subject, 'novice', rights);
    for (let tries = 0; tries < 10; tries++) {
      const error = await attempt(as(subject, 'novice'), (session) => session.broadcast(heartbeat));
      if (!error) break;
      assert.equal(error.code, 'brokerPermission', error.message);
      assert.doesNotMatch(error.message, /pass-of-novice/);
      const { right, what, match } = readDemand(error.message);
      asked.push(`${right} ${what}`);
      rights = { ...rights, [right]: rights[right] === '^$' ? match : `${rights[right]}|${match}` };
      await grant(subject, 'novice', rights);
    }
    assert.deepEqual(asked, [
      'configure queue "celeryev.celeriac.*"',
      'write queue "celeryev.celeriac.*"',
      'read exchange "celeryev"',
      'read queue "celeryev.celeriac.*"',
      'write exchange "celery.pidbox"',
    ]);
    assert.equal(await mailbox.waiting(), 1);
    assert.deepEqual(await subject.admin.ourQueues(), []);
  });

  check('a user who may not send commands still hears the events', async (subject, t) => {
    await addUser(subject, 'reader');
    await grant(subject, 'reader', { configure: '^celeryev\\.', write: '^celeryev\\.', read: '^celeryev' });
    await subject.admin.mailbox('worker.celery.pidbox');
    const listener = listen();
    const session = await openSession(t, createAmqpBroker(as(subject, 'reader')), listener);
    await assert.rejects(session.broadcast(heartbeat), { code: 'brokerPermission' });
    await subject.admin.publishEvents([Buffer.from('heard')]);
    await listener.count(1);
    await assert.rejects(session.broadcast(heartbeat), { code: 'brokerPermission' });
    await session.close();
    assert.equal(await session.ended, null);
  });

  check('the exchange of the events needs no right when it exists, and a named one when not', async (subject) => {
    const readsAll = { ...everything, configure: '^celeryev\\.' };
    await subject.rabbitmq.ctl(['add_vhost', 'empty']);
    await addUser(subject, 'builder');
    await grant(subject, 'builder', readsAll, 'empty');
    const error = await refusal(as(subject, 'builder', 'empty'));
    assert.equal(error.code, 'brokerPermission');
    assert.match(error.message, /create the exchange of Celery's events.* in the virtual host "empty"/);
    assert.deepEqual(readDemand(error.message), {
      right: 'configure',
      what: 'exchange "celeryev"',
      match: '^celeryev$',
    });
    await grant(subject, 'builder', { ...readsAll, configure: '^celeryev' }, 'empty');
    assert.equal(await attempt(as(subject, 'builder', 'empty')), null);
    await grant(subject, 'builder', readsAll, 'empty');
    assert.equal(await attempt(as(subject, 'builder', 'empty')), null);
  });

  check('a topic permission that hides events is named', async (subject) => {
    await addUser(subject, 'narrow');
    await grant(subject, 'narrow', everything);
    await subject.rabbitmq.ctl(['set_topic_permissions', 'narrow', 'celeryev', '.*', '^task\\.']);
    const error = await refusal(as(subject, 'narrow'));
    assert.equal(error.code, 'brokerPermission');
    assert.match(error.message, /read the routing key # of the exchange "celeryev".*set_topic_permissions/);
  });

  check('a virtual host is found by its percent-encoded name, and left without a queue', async (subject, t) => {
    const vhost = 'shop/eu ü';
    const { admin, rabbitmq, config } = subject;
    await rabbitmq.ctl(['add_vhost', vhost]);
    await grant(subject, 'guest', everything, vhost);
    const before = await admin.footprint(vhost);
    const url = `amqp://guest:guest@${rabbitmq.host}:${rabbitmq.port}/${encodeURIComponent(vhost)}`;
    const session = await openSession(t, createAmqpBroker({ ...config, url }), listen());
    const isOurBinding = (line: string): boolean => /^celeryev\tceleryev\.celeriac\.\S+\t#$/.test(line);
    assert.equal((await admin.footprint(vhost)).filter(isOurBinding).length, 1);
    await session.close();
    // The exchange is Celery's own, which every monitor declares and nobody may delete.
    assert.deepEqual(await admin.footprint(vhost), [...before, 'celeryev\ttopic'].sort());
  });

  check('a limit of connections is told in the words of the server', async (subject) => {
    await subject.rabbitmq.ctl(['add_vhost', 'full']);
    await addUser(subject, 'late');
    await grant(subject, 'late', everything, 'full');
    await subject.rabbitmq.ctl(['set_vhost_limits', '-p', 'full', '{"max-connections": 0}']);
    const error = await refusal(as(subject, 'late', 'full'));
    assert.equal(error.code, 'brokerUnreachable');
    assert.match(error.message, /did not open the virtual host "full".*limit/);
  });

  check('of several hosts the first that works is used', async ({ rabbitmq, config }, t) => {
    const url = `amqp://guest:guest@127.0.0.1:1//;127.0.0.1:${rabbitmq.port};amqp://127.0.0.1:2`;
    const session = await openSession(t, createAmqpBroker({ ...config, url }), listen());
    assert.equal(session.server.product, 'RabbitMQ');
    await session.close();
  });

  check('when no host works each says why, and the code is that of the one that came furthest', async (subject) => {
    const { host, port } = subject.rabbitmq;
    const url = `amqp://guest:guest@127.0.0.1:1//;amqp://guest:nonsense@${host}:${port}//`;
    const error = await refusal({ ...subject.config, url });
    assert.equal(error.code, 'brokerAuth');
    assert.match(
      error.message,
      /^None of the 2 hosts .*Connection refused at 127\.0\.0\.1:1.*refused the user "guest"/,
    );
    assert.doesNotMatch(error.message, /nonsense/);
  });
});

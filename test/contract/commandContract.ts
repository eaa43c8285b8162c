import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CeleriacError } from '../../server/api/errors.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import type { ControlMessage } from '../../server/celery/control.ts';
import { refusalOf } from '../../server/celery/controlReply.ts';
import { type TaskOrder, taskMessage } from '../../server/celery/taskMessage.ts';
import { until } from '../lab/lab.ts';
import { abandonSession } from './abandonedSession.ts';
import type { Check, ContractSubject, ContractWorker } from './brokerContract.ts';
import { type Collected, collectReplies, inAMinute } from './collectReplies.ts';
import { openRecorded, type RecordedSession } from './recordedSession.ts';

export const command = (method: string, rest: Partial<ControlMessage> = {}): ControlMessage => ({
  method,
  arguments: {},
  destination: null,
  pattern: null,
  matcher: null,
  ...rest,
});

export const order = (rest: Partial<TaskOrder>): TaskOrder => ({
  id: randomUUID(),
  name: 'lab.echo',
  args: [1],
  kwargs: {},
  queue: 'default',
  origin: 'contract@lab',
  ...rest,
});

const hosts = ['first@lab', 'second@lab'];
const pong = { ok: 'pong' };

/** What a session must be able to ask, send and tell, with two workers that live through all of it. */
export const commands = (check: Check<ContractSubject>): void => {
  let started: Promise<ContractWorker[]> | null = null;

  /** A session with its replies open, once both workers listen. */
  const open = async (subject: ContractSubject, t: TestContext): Promise<RecordedSession & { asked: Collected }> => {
    started ??= Promise.all(['first', 'second'].map((name) => subject.startWorker(name)));
    await started;
    const session = await openRecorded(createBroker(subject.config));
    t.after(() => session.close());
    const asked = await collectReplies(session);
    await until('both workers answer', async () => {
      const ticket = randomUUID();
      const count = await asked.box.ask(command('ping'), ticket, inAMinute());
      return (count === null || count === 2) && asked.count(ticket, 2);
    });
    return Object.assign(session, { asked });
  };

  check('is answered by every worker, by as many as took the command', async (subject, t) => {
    const { asked } = await open(subject, t);
    const count = await asked.box.ask(command('ping'), 'to all', inAMinute());
    assert.ok(count === null || count === 2, String(count));
    assert.deepEqual(await asked.count('to all', 2), { 'first@lab': pong, 'second@lab': pong });
  });

  check('keeps the answers to commands asked at once apart by their tickets', async (subject, t) => {
    const { asked } = await open(subject, t);
    const ids = Array.from({ length: 20 }, (_, index) => `task${index}`);
    const revoke = (id: string) => command('revoke', { arguments: { task_id: id } });
    await Promise.all(ids.map((id) => asked.box.ask(revoke(id), id, inAMinute())));
    for (const id of ids) {
      const answers = Object.values(await asked.count(id, 2));
      for (const answer of answers) assert.match(JSON.stringify(answer), RegExp(`\\b${id}\\b`));
    }
  });

  check('hears only from those who are addressed, by name or by pattern', async (subject, t) => {
    const { asked } = await open(subject, t);
    const ask = (ticket: string, rest: Partial<ControlMessage>) =>
      asked.box.ask(command('ping', rest), ticket, inAMinute());
    await ask('one', { destination: ['first@lab'] });
    await ask('nobody', { destination: ['no.such@lab'] });
    await ask('fitting', { pattern: 'sec*', matcher: 'glob' });
    await ask('all', {});
    assert.deepEqual(await asked.count('one', 1), { 'first@lab': pong });
    assert.deepEqual(await asked.count('fitting', 1), { 'second@lab': pong });
    // Workers answer in the order in which they are asked: whoever answers now has passed over the others.
    await asked.count('all', 2);
    assert.equal(asked.all.filter(({ ticket }) => ticket === 'one' || ticket === 'fitting').length, 2);
    assert.deepEqual(asked.to('nobody'), {});
  });

  check("hands on a worker's refusal in its own words", async (subject, t) => {
    const { asked } = await open(subject, t);
    await asked.box.ask(command('no_such_command'), 'refused', inAMinute());
    for (const answer of Object.values(await asked.count('refused', 2))) {
      assert.match(refusalOf(answer) ?? 'no refusal', /no_such_command/);
    }
  });

  check('names the workers that hold a mailbox, and the queues, where it can', async (subject, t) => {
    const session = await open(subject, t);
    const names = await session.mailboxNames();
    if (names !== null) assert.deepEqual([...names].sort(), hosts);
    const queues = await session.queueNames();
    if (queues !== null) assert.deepEqual([...queues].sort(), ['default', 'emails', 'priority']);
  });

  check('sends a task that a worker runs with all that it was told', async (subject, t) => {
    const session = await open(subject, t);
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const eta = new Date(Date.now() + 1_500).toISOString();
    const sent = order({ args: ['ü'], kwargs: { why: 'contract' }, eta, expires, priority: 4 });
    await session.publish(taskMessage(sent, Date.now()));
    const received = await session.event((event) => event.type === 'task-received' && event['uuid'] === sent.id);
    assert.equal(received['name'], 'lab.echo');
    assert.equal(Date.parse(String(received['eta'])), Date.parse(eta));
    assert.equal(Date.parse(String(received['expires'])), Date.parse(expires));
    assert.match(String(received['kwargs']), /contract/);
    const done = await session.event((event) => event.type === 'task-succeeded' && event['uuid'] === sent.id);
    assert.equal(done['result'], "{'why': 'contract'}");
    assert.ok(done.timestamp * 1000 >= Date.parse(eta), 'it did not wait for its time');
  });

  check('refuses to send to an exchange that is not there', async (subject, t) => {
    const session = await open(subject, t);
    const error = await session.publish(taskMessage(order({ exchange: 'no-such-exchange' }), Date.now())).then(
      () => assert.fail('it was sent'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CeleriacError, String(error));
    assert.match(error.message, /no-such-exchange/);
    await session.asked.box.ask(command('ping'), 'afterwards', inAMinute());
    await session.asked.count('afterwards', 2);
  });

  check('tells how full a queue is that nobody consumes, and empties it', async (subject, t) => {
    const session = await open(subject, t);
    await subject.sendTasks(5, 'unheard');
    const [unheard, missing, consumed] = await session.queueDepths(['unheard', 'no-such-queue', 'default']);
    assert.equal(unheard?.exists, true);
    assert.equal(unheard.ready, 5);
    assert.ok(unheard.consumers === null || unheard.consumers === 0);
    assert.equal(missing?.exists, false);
    assert.equal(consumed?.exists, true);
    assert.equal(consumed.ready, 0);
    assert.ok(consumed.consumers === null || consumed.consumers === 2);
    assert.equal(await session.purge('unheard'), 5);
    assert.equal((await session.queueDepths(['unheard']))[0]?.ready, 0);
    assert.equal(await session.purge('unheard'), 0);
  });

  check('looks at the head of a queue, the next message first, and leaves everything there', async (subject, t) => {
    const session = await open(subject, t);
    const sent = [1, 2, 3].map((n) => order({ queue: 'unheard', args: [n, 1.5], kwargs: { n } }));
    // kombu sorts the files of a folder by the millisecond.
    for (const each of sent) await Promise.all([session.publish(taskMessage(each, Date.now())), delay(5)]);
    const { messages, touched } = await session.peek('unheard', 2);
    assert.deepEqual(
      messages.map(({ taskId, name, argsJson, kwargsJson }) => [taskId, name, argsJson, kwargsJson]),
      sent.slice(0, 2).map(({ id }, index) => [id, 'lab.echo', `[${index + 1},1.5]`, `{"n":${index + 1}}`]),
    );
    assert.ok(
      messages.every(
        ({ problem, retries, routingKey }) => problem === null && retries === 0 && routingKey === 'unheard',
      ),
    );
    assert.equal(touched, session.peekingTouches);
    await until('all are there again', async () => (await session.queueDepths(['unheard']))[0]?.ready === 3);
    const again = await session.peek('unheard', 10);
    assert.deepEqual(
      again.messages.map(({ taskId }) => taskId),
      sent.map(({ id }) => id),
    );
    await until('all are there again', async () => (await session.queueDepths(['unheard']))[0]?.ready === 3);
    assert.equal(await session.purge('unheard'), 3);
    assert.deepEqual((await session.peek('unheard', 10)).messages, []);
  });

  check('leaves nothing behind when it closes, asked or not, even with an answer on its way', async (subject, t) => {
    const other = await open(subject, t);
    await other.close();
    const before = await subject.footprint();
    for (let round = 0; round < 5; round++) {
      const session = await openRecorded(createBroker(subject.config));
      const { box } = await collectReplies(session);
      if (round > 0) await box.ask(command('ping'), 'nobody will wait', inAMinute());
      await session.close();
      assert.equal(await session.ended, null);
    }
    await until('the broker is as before', async () => isSame(await subject.footprint(), before), 5_000);
  });

  check('is cleaned, by the next session, of what a killed process left', async (subject, t) => {
    const other = await open(subject, t);
    await other.close();
    const before = await subject.footprint();
    await abandonSession(subject.config);
    const session = await openRecorded(createBroker(subject.config));
    await session.close();
    await until('the broker is as before', async () => isSame(await subject.footprint(), before), 15_000);
  });

  // Last: it stops the workers.
  check('counts nobody when nobody is there', async (subject, t) => {
    const session = await open(subject, t);
    await Promise.all(((await started) ?? []).map((worker) => worker.stop()));
    const count = await session.asked.box.ask(command('ping'), 'nobody', inAMinute());
    // kombu's filesystem broker keeps the mailboxes of workers that are gone.
    assert.ok(count === null || count === 0 || subject.config.url.startsWith('filesystem:'), String(count));
  });
};

const isSame = (one: readonly string[], other: readonly string[]): boolean => {
  assert.deepEqual(one, other);
  return true;
};

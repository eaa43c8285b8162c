import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CeleriacError } from '../../server/api/errors.ts';
import type { BrokerSession } from '../../server/brokers/broker.ts';
import { createBroker } from '../../server/brokers/createBroker.ts';
import { taskMessage } from '../../server/celery/taskMessage.ts';
import type { Broker } from '../lab/broker.ts';
import { inAMinute } from './collectReplies.ts';
import { command, order } from './commandContract.ts';
import { connectionTo } from './connectionTo.ts';
import { labTest } from './labTest.ts';
import { openRecorded } from './recordedSession.ts';

/** Everything a session can be asked, each in several steps: what was wrong, null for nothing. */
const everything = (session: BrokerSession): readonly Promise<unknown>[] =>
  questions(session).map((asked) =>
    asked.then(
      () => null,
      (error: unknown) => error,
    ),
  );

const questions = (session: BrokerSession): readonly Promise<unknown>[] => [
  session.broadcast(command('ping')),
  session.openReplies(() => undefined).then((box) => box.ask(command('ping'), 'ticket', inAMinute())),
  session.mailboxNames(),
  session.queueNames(),
  session.queueDepths(['default', 'other', 'third']),
  session.overview(),
  session.publish(taskMessage(order({ queue: 'ending' }), Date.now())),
  session.peek('ending', 3),
  session.purge('ending'),
];

/** What went wrong and was no sentence. */
const unexplained = async (asked: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
  (await Promise.all(asked)).filter((error) => error !== null && !(error instanceof CeleriacError));

/** The session is ended after so many milliseconds of work, so that each step is met by the end once. */
const endsInOrder = async (broker: Broker, end: (session: BrokerSession) => Promise<unknown>): Promise<void> => {
  const session = await openRecorded(createBroker(connectionTo(broker)));
  const asked: Promise<unknown>[] = [...everything(session)];
  for (let round = 0; round < 5; round++) {
    await delay(round);
    asked.push(...everything(session));
  }
  const ended = end(session);
  for (let round = 0; round < 10; round++) {
    asked.push(...everything(session));
    await delay(round);
  }
  assert.deepEqual(await unexplained(asked), []);
  await ended;
  await session.close();
  assert.deepEqual(await unexplained(everything(session)), []);
};

describe('a session that is ending answers in sentences, whatever step it was at', { concurrency: 1 }, () => {
  labTest('on Redis, when it is closed and when the server dies', async (lab) => {
    const redis = await lab.redis();
    await endsInOrder(redis, (session) => session.close());
    await endsInOrder(redis, () => redis.kill());
  });

  labTest('on RabbitMQ, when it is closed, when it is told to go, and when the server dies', async (lab) => {
    const rabbitmq = await lab.rabbitmq();
    await endsInOrder(rabbitmq, (session) => session.close());
    await endsInOrder(rabbitmq, () => rabbitmq.ctl(['close_all_connections', 'maintenance at noon']));
    await endsInOrder(rabbitmq, () => rabbitmq.kill());
  });

  labTest('on the filesystem, when it is closed', async (lab) => {
    await endsInOrder(await lab.filesystem(), (session) => session.close());
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerSession } from '../../../server/brokers/broker.ts';
import type { ReceivedReply } from '../../../server/celery/controlReply.ts';
import { BeatBook } from '../../../server/cluster/beatBook.ts';
import { Mailbox } from '../../../server/cluster/mailbox.ts';
import { collectGarbage } from '../collectGarbage.ts';

const questions = 1_000;
const workers = 50;

/** Fifty workers that answer at once, on a session that lasts; `answered` is told of every answer's value. */
const fiftyWorkers = (ended: Promise<Error | null>, answered: (value: object) => void): BrokerSession => {
  let reply: (reply: ReceivedReply) => void = () => undefined;
  return {
    server: { product: 'Memory', version: null },
    ended,
    resumed: false,
    peekingTouches: null,
    broadcast: async () => workers,
    openReplies: async (onReply) => {
      reply = onReply;
      return {
        ask: async (_command, ticket) => {
          for (let number = 0; number < workers; number++) {
            const value = { ok: `pong ${ticket} ${number}` };
            answered(value);
            reply({ ticket, hostname: `celery@${number}`, value });
          }
          return workers;
        },
      };
    },
    mailboxNames: async () => null,
    queueNames: async () => null,
    overview: async () => ({ alarms: [], blockedConnections: null, missing: null }),
    queueDepths: async () => [],
    publish: async () => undefined,
    purge: async () => 0,
    peek: async () => ({ messages: [], touched: null }),
    close: async () => undefined,
  };
};

/** In a function of its own: the replies to the last question stay on the stack until it has returned. */
const askAll = async (mailbox: Mailbox): Promise<void> => {
  for (let asked = 0; asked < questions; asked++) {
    const { replies } = await mailbox.ask({ method: 'ping', arguments: {} });
    assert.equal(replies.length, workers);
  }
};

test('the replies to a thousand questions to fifty workers can be collected while the session lasts', async () => {
  const ended = Promise.withResolvers<Error | null>();
  const answers: WeakRef<object>[] = [];
  const session = fiftyWorkers(ended.promise, (value) => answers.push(new WeakRef(value)));
  const mailbox = new Mailbox({
    session,
    workers: () => new Map(),
    beats: new BeatBook(() => new Map()),
    now: () => 0,
    limitBytes: 1e6,
    onTooLarge: assert.fail,
  });
  await askAll(mailbox);
  await collectGarbage();
  const held = answers.filter((answer) => answer.deref() !== undefined).length;
  assert.equal(answers.length, questions * workers);
  assert.equal(held, 0, `${held} of ${answers.length} replies are still held`);
  ended.resolve(null);
  await assert.rejects(mailbox.ask({ method: 'ping', arguments: {} }), /closed before the workers had answered/);
});

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { ControlCommand } from '../../../server/api/control.ts';
import type { Worker } from '../../../server/api/model.ts';
import type { BrokerSession } from '../../../server/brokers/broker.ts';
import type { ControlMessage } from '../../../server/celery/control.ts';
import type { ReceivedReply } from '../../../server/celery/controlReply.ts';
import { BeatBook } from '../../../server/cluster/beatBook.ts';
import { Mailbox } from '../../../server/cluster/mailbox.ts';
import { until } from '../../lab/until.ts';
import { aWorker } from '../aSnapshot.ts';

interface Asked {
  readonly command: ControlMessage;
  readonly ticket: string;
}

/** A broker in memory: it counts what the test says, and replies when the test says. */
const startMailbox = (options: {
  readonly workers?: readonly Worker[];
  readonly count?: number | null;
  readonly mailboxes?: readonly string[] | null;
  readonly limitBytes?: number;
}) => {
  const asked: Asked[] = [];
  let boxes = 0;
  let reply: (reply: ReceivedReply) => void = () => undefined;
  const ended = Promise.withResolvers<Error | null>();
  const session: BrokerSession = {
    server: { product: 'Memory', version: null },
    ended: ended.promise,
    broadcast: async () => options.count ?? null,
    mailboxNames: async () => options.mailboxes ?? null,
    openReplies: async (onReply) => {
      boxes += 1;
      reply = onReply;
      return {
        ask: async (command, ticket) => {
          asked.push({ command, ticket });
          return options.count ?? null;
        },
      };
    },
    resumed: false,
    queueNames: async () => null,
    overview: async () => ({ alarms: [], blockedConnections: null, missing: null }),
    queueDepths: async () => [],
    publish: async () => undefined,
    purge: async () => 0,
    peekingTouches: null,
    peek: async () => ({ messages: [], touched: null }),
    close: async () => undefined,
  };
  let tooLarge = 0;
  const onTooLarge = (): void => {
    tooLarge += 1;
  };
  const workers = new Map((options.workers ?? []).map((each) => [each.hostname, each]));
  const mailbox = new Mailbox({
    session,
    workers: () => workers,
    beats: new BeatBook(() => workers),
    now: () => 0,
    limitBytes: options.limitBytes ?? 1e6,
    onTooLarge,
  });
  return {
    mailbox,
    asked,
    boxes: () => boxes,
    tooLarge: () => tooLarge,
    reply: (hostname: string, value: unknown, index = asked.length - 1) =>
      reply({ ticket: asked[index]?.ticket ?? null, hostname, value }),
    /** What comes back is not what was asked for. */
    receive: (received: ReceivedReply) => reply(received),
    cut: (error: Error) => ended.resolve(error),
  };
};

const ping: ControlCommand = { method: 'ping', arguments: {} };
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const names = (replies: readonly { readonly hostname: string; readonly kind: string }[]) =>
  replies.map((each) => `${each.hostname} ${each.kind}`);

test('returns as soon as as many have answered as the broker counted', async () => {
  const { mailbox, reply } = startMailbox({ count: 2 });
  const outcome = mailbox.ask(ping);
  await settle();
  reply('a@x', { ok: 'pong' });
  reply('b@x', { ok: 'pong' });
  assert.deepEqual(names((await outcome).replies), ['a@x answered', 'b@x answered']);
});

test('without a count it waits for those whose hearts beat, and not for the lost', async () => {
  const { mailbox, reply } = startMailbox({
    workers: [aWorker({ hostname: 'a@x' }), aWorker({ hostname: 'b@x', status: 'lost' })],
  });
  const outcome = mailbox.ask(ping);
  await settle();
  reply('a@x', { ok: 'pong' });
  assert.deepEqual(names((await outcome).replies), ['a@x answered']);
});

test('a refusal keeps the words of the worker', async () => {
  const { mailbox, reply } = startMailbox({ count: 1 });
  const outcome = mailbox.ask({ method: 'pool_restart', arguments: {} });
  await settle();
  reply('a@x', { error: "ValueError('Pool restarts not enabled')" });
  assert.deepEqual((await outcome).replies, [
    {
      kind: 'refused',
      hostname: 'a@x',
      sentence: 'Pool restarts not enabled (ValueError)',
      value: { error: "ValueError('Pool restarts not enabled')" },
    },
  ]);
});

test('two hundred commands at once do not mix, and share one place for replies', async () => {
  const { mailbox, asked, boxes, reply } = startMailbox({ count: 1 });
  const outcomes = Array.from({ length: 200 }, (_, index) =>
    mailbox.ask({ method: 'query_task', arguments: { ids: [String(index)] } }),
  );
  await settle();
  assert.equal(asked.length, 200);
  assert.equal(boxes(), 1);
  for (let index = 199; index >= 0; index--) reply('a@x', index, index);
  const values = (await Promise.all(outcomes)).map(
    ({ replies }) => replies[0]?.kind === 'answered' && replies[0].value,
  );
  assert.deepEqual(
    values,
    Array.from({ length: 200 }, (_, index) => index),
  );
});

test('nobody at all is an answer at once, not a wait', async () => {
  const { mailbox } = startMailbox({ count: 0 });
  assert.deepEqual((await mailbox.ask(ping)).replies, []);
});

test('an addressed worker that nobody knows is named at once', async () => {
  const { mailbox } = startMailbox({ count: 1, mailboxes: ['a@x'] });
  const { replies } = await mailbox.ask({ ...ping, destination: ['typo@x'] });
  assert.equal(replies[0]?.kind === 'silent' && replies[0].reason, 'noSuchWorker');
});

test('when the time is over, each silent worker is named with its reason', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { mailbox, reply } = startMailbox({
    count: 4,
    mailboxes: ['a@x', 'b@x', 'c@x', 'd@x'],
    workers: [
      aWorker({ hostname: 'a@x' }),
      aWorker({ hostname: 'b@x', status: 'late', active: 1 }),
      aWorker({ hostname: 'c@x', active: 0 }),
    ],
  });
  const outcome = mailbox.ask({ ...ping, timeoutMs: 500 });
  await settle();
  reply('a@x', { ok: 'pong' });
  mock.timers.tick(500);
  const { replies, expected } = await outcome;
  assert.equal(expected, 4);
  assert.deepEqual(
    replies.map((each) => (each.kind === 'silent' ? `${each.hostname} ${each.reason}` : each.hostname)),
    ['a@x', 'b@x busySolo', 'c@x jsonNotAccepted', 'd@x stalled'],
  );
});

test('a pattern waits only for the workers that it fits', async () => {
  const { mailbox, reply } = startMailbox({
    count: 3,
    workers: ['api@1', 'api@2', 'mail@1'].map((hostname) => aWorker({ hostname })),
  });
  const outcome = mailbox.ask({ ...ping, pattern: 'api@[0-9]', matcher: 'glob' });
  await settle();
  reply('api@1', { ok: 'pong' });
  reply('api@2', { ok: 'pong' });
  assert.deepEqual(names((await outcome).replies), ['api@1 answered', 'api@2 answered']);
});

test('a connection that breaks ends the wait with its reason', async () => {
  const { mailbox, cut } = startMailbox({ count: 1 });
  const outcome = mailbox.ask(ping);
  await settle();
  cut(new Error('cut'));
  await assert.rejects(outcome, /cut/);
});

test('election is never sent', async () => {
  const { mailbox, asked } = startMailbox({ count: 1 });
  await assert.rejects(mailbox.ask({ method: 'election', arguments: {} }), /never sent/);
  assert.equal(asked.length, 0);
});

test('a reply that does not fit beside the others is left out, and its worker is told of', async () => {
  const { mailbox, reply, tooLarge } = startMailbox({ count: 3, limitBytes: 10_000 });
  const outcome = mailbox.ask(ping);
  await settle();
  reply('a@x', { ok: 'x'.repeat(3_000) });
  reply('b@x', { ok: 'x'.repeat(3_000) });
  reply('c@x', { ok: 'pong' });
  assert.deepEqual(names((await outcome).replies), ['a@x answered', 'b@x refused', 'c@x answered']);
  assert.equal(tooLarge(), 1);
  assert.equal(mailbox.bytesHeld, 0);
});

/** The sentences about those that did not answer, once the time is over. */
const silenceOf = async (outcome: ReturnType<Mailbox['ask']>): Promise<readonly (readonly [string, string])[]> =>
  (await outcome).replies.flatMap((each) => (each.kind === 'silent' ? [[each.hostname, each.reason] as const] : []));

test('an answer that cannot be read is called that: surely where each of the missing has sent one', async () => {
  const { mailbox, asked, receive } = startMailbox({ workers: [aWorker({ hostname: 'a@x' })], count: 1 });
  const outcome = mailbox.ask({ ...ping, timeoutMs: 20 });
  await settle();
  receive({ ticket: asked[0]?.ticket ?? null, isUnreadable: true });
  const [silent] = (await outcome).replies;
  assert.ok(silent?.kind === 'silent');
  assert.equal(silent.reason, 'unreadable');
  assert.match(silent.sentence, /^a@x answered, but the answer cannot be read\. Check its task_serializer/);
});

test('garbage of one of several is laid to those that live, and not to the lost', async () => {
  const workers = [
    aWorker({ hostname: 'a@x' }),
    aWorker({ hostname: 'b@x' }),
    aWorker({ hostname: 'c@x', status: 'lost' }),
  ];
  const { mailbox, receive } = startMailbox({ workers, count: 2, mailboxes: ['a@x', 'b@x'] });
  const outcome = mailbox.ask({ ...ping, destination: ['a@x', 'b@x', 'c@x'], timeoutMs: 20 });
  await settle();
  receive({ ticket: null, isUnreadable: true });
  assert.deepEqual(await silenceOf(outcome), [
    ['a@x', 'unreadable'],
    ['b@x', 'unreadable'],
    ['c@x', 'lost'],
  ]);
});

test('an answer with the ticket of no question cannot be read; one that comes late to an earlier question is none', async () => {
  const { mailbox, asked, receive } = startMailbox({ workers: [aWorker({ hostname: 'a@x' })], count: 1 });
  await mailbox.ask({ ...ping, timeoutMs: 5 });
  const late = mailbox.ask({ ...ping, timeoutMs: 20 });
  await settle();
  receive({ ticket: asked[0]?.ticket ?? null, hostname: 'a@x', value: 1 });
  assert.deepEqual(await silenceOf(late), [['a@x', 'stalled']]);
  const astray = mailbox.ask({ ...ping, timeoutMs: 20 });
  await settle();
  receive({ ticket: 'of nobody', hostname: 'a@x', value: 1 });
  assert.deepEqual(await silenceOf(astray), [['a@x', 'unreadable']]);
});

test('a beat is not waited for: whoever answers a later ping and not the command ignores the command', async () => {
  for (const beat of ['celerybeat@x', 'nightly@x']) {
    const { mailbox, asked, reply } = startMailbox({ count: 2, mailboxes: ['w@x', beat] });
    const outcome = mailbox.ask({ method: 'active', arguments: {}, timeoutMs: 60_000 });
    await until('the beat is pinged', () => asked.length === 2 || null);
    assert.deepEqual([asked[1]?.command.method, asked[1]?.command.destination?.includes(beat)], ['ping', true]);
    reply('w@x', [], 0);
    reply(beat, { ok: 'pong' }, 1);
    const { replies, expected } = await outcome;
    assert.deepEqual([names(replies), expected], [['w@x answered'], 1]);
  }
});

test('a worker that answers the ping after the command is not taken for a beat', async () => {
  const { mailbox, asked, reply } = startMailbox({ count: 1, mailboxes: ['w@x'] });
  const outcome = mailbox.ask({ method: 'active', arguments: {}, timeoutMs: 60_000 });
  await until('it is pinged', () => asked.length === 2 || null);
  reply('w@x', [], 0);
  reply('w@x', { ok: 'pong' }, 1);
  assert.deepEqual(names((await outcome).replies), ['w@x answered']);
  const next = mailbox.ask({ method: 'active', arguments: {}, destination: ['w@x'] });
  await settle();
  reply('w@x', []);
  assert.deepEqual(names((await next).replies), ['w@x answered']);
});

test('a beat that is asked for by name is answered for at once', async () => {
  const { mailbox } = startMailbox({ count: 2, mailboxes: ['w@x', 'celerybeat@x'] });
  const { replies } = await mailbox.ask({ method: 'stats', arguments: {}, destination: ['celerybeat@x'] });
  assert.deepEqual(replies, [
    {
      kind: 'silent',
      hostname: 'celerybeat@x',
      reason: 'isBeat',
      sentence: 'celerybeat@x is a beat, not a worker: it answers only "ping".',
      phrase: { code: 'silence.isBeat', values: { worker: 'celerybeat@x' } },
    },
  ]);
});

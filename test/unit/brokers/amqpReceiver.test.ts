import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Channel, type ConsumeMessage, IllegalOperationError } from 'amqplib';
import { AmqpInbox, prefetch } from '../../../server/brokers/amqpInbox.ts';
import { AmqpReceiver } from '../../../server/brokers/amqpReceiver.ts';
import type { Delivery } from '../../../server/celery/delivery.ts';

const message = (deliveryTag: number, text = `m${deliveryTag}`, redelivered = false): ConsumeMessage => ({
  content: Buffer.from(text),
  fields: { deliveryTag, redelivered, exchange: 'celeryev', routingKey: 'task.sent', consumerTag: 'c' },
  properties: {
    contentType: 'application/json',
    contentEncoding: 'utf-8',
    headers: { compression: 'application/x-gzip' },
    deliveryMode: 1,
    priority: 0,
    correlationId: undefined,
    replyTo: undefined,
    expiration: undefined,
    messageId: undefined,
    timestamp: undefined,
    type: undefined,
    userId: undefined,
    appId: undefined,
    clusterId: undefined,
  },
});

/** A receiver with a clock of its own, and what it told. */
const receive = (t: TestContext, inbox = new AmqpInbox()) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const acknowledged: number[] = [];
  const delivered: Delivery[] = [];
  const losses: string[] = [];
  const ack = (upTo: ConsumeMessage, all: boolean): void => {
    assert.ok(all);
    acknowledged.push(upTo.fields.deliveryTag);
  };
  const channel = { ack } as unknown as Channel;
  inbox.open();
  const listener = {
    onDelivery: (delivery: Delivery) => delivered.push(delivery),
    onLost: (reason: string) => losses.push(reason),
    onBlocked: () => undefined,
  };
  const receiver = new AmqpReceiver(inbox, channel, listener, 30_000);
  receiver.start();
  t.after(() => receiver.stop());
  const take = (count: number, from = 1): void => {
    for (let tag = from; tag < from + count; tag++) receiver.receive(message(tag));
  };
  return { inbox, receiver, acknowledged, delivered, losses, take, pass: (ms: number) => t.mock.timers.tick(ms) };
};

const texts = (delivered: readonly Delivery[]): string[] =>
  delivered.map((delivery) => (delivery.kind === 'message' ? delivery.body.toString() : ''));

describe('the receiver of events from RabbitMQ', () => {
  it('hands on the body as it is, with what is needed to read it', (t) => {
    const { delivered, receiver } = receive(t);
    const one = message(1);
    receiver.receive(one);
    const [delivery] = delivered;
    assert.ok(delivery?.kind === 'message');
    assert.equal(delivery.body, one.content);
    assert.equal(delivery.contentType, 'application/json');
    assert.equal(delivery.contentEncoding, 'utf-8');
    assert.equal(delivery.compression, 'application/x-gzip');
  });

  it('takes messages without any properties', (t) => {
    const { delivered, receiver } = receive(t);
    const bare = message(1);
    receiver.receive({
      ...bare,
      properties: { ...bare.properties, contentType: undefined, contentEncoding: 7, headers: undefined },
    });
    assert.partialDeepStrictEqual(delivered, [{ contentType: '', contentEncoding: '', compression: null }]);
  });

  it('acknowledges long before RabbitMQ stops sending, and leaves the newest message unacknowledged', (t) => {
    const { acknowledged, take } = receive(t);
    take(prefetch);
    assert.ok(acknowledged.length >= 4);
    assert.ok(acknowledged.length <= 10);
    const last = acknowledged.at(-1) ?? 0;
    assert.ok(last < prefetch && last > prefetch / 2, `${last}`);
  });

  it('acknowledges all but the newest within a second when few messages come', (t) => {
    const { acknowledged, take, pass } = receive(t);
    take(3);
    pass(1_000);
    assert.deepEqual(acknowledged, [2]);
    pass(5_000);
    assert.deepEqual(acknowledged, [2]);
  });

  it('acknowledges the newest too when nothing comes for a minute, before RabbitMQ loses patience', (t) => {
    const { acknowledged, inbox, take, pass } = receive(t);
    take(3);
    pass(61_000);
    assert.deepEqual(acknowledged, [2, 3]);
    inbox.open();
    assert.ok(!inbox.redelivery.awaitsBookmark);
  });

  it('does not hand on again what the last session handed on', (t) => {
    const inbox = new AmqpInbox();
    inbox.open();
    inbox.handOn(1, Buffer.from('seen'));
    const { delivered, receiver } = receive(t, inbox);
    receiver.receive(message(1, 'seen', true));
    receiver.receive(message(2, 'swallowed by the cut', true));
    receiver.receive(message(3, 'seen'));
    assert.deepEqual(texts(delivered), ['swallowed by the cut', 'seen']);
  });

  it('tells of a loss when the last message of the last session does not come again', (t) => {
    const inbox = new AmqpInbox();
    inbox.open();
    inbox.handOn(1, Buffer.from('seen'));
    const { losses, take, pass } = receive(t, inbox);
    take(1);
    pass(29_000);
    assert.deepEqual(losses, []);
    pass(1_000);
    assert.equal(losses.length, 1);
    assert.match(losses[0] ?? '', /dropped waiting events/);
    pass(60_000);
    assert.equal(losses.length, 1);
  });

  it('tells of no loss when it does', (t) => {
    const inbox = new AmqpInbox();
    inbox.open();
    inbox.handOn(1, Buffer.from('seen'));
    const { losses, receiver, pass } = receive(t, inbox);
    receiver.receive(message(1, 'seen', true));
    pass(60_000);
    assert.deepEqual(losses, []);
  });
});

it('a connection that is ending takes no acknowledgement, and that is no failure of whoever hears the next event', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const ack = (): void => {
    throw new IllegalOperationError('Connection closing');
  };
  const delivered: Delivery[] = [];
  const inbox = new AmqpInbox();
  inbox.open();
  const listener = {
    onDelivery: (delivery: Delivery) => delivered.push(delivery),
    onLost: () => undefined,
    onBlocked: () => undefined,
  };
  const receiver = new AmqpReceiver(inbox, { ack } as unknown as Channel, listener, 30_000);
  receiver.start();
  t.after(() => receiver.stop());
  for (let tag = 1; tag <= prefetch; tag++) receiver.receive(message(tag));
  t.mock.timers.tick(2_000);
  assert.equal(delivered.length, prefetch);
});

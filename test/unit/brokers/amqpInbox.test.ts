import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AmqpInbox, prefetch } from '../../../server/brokers/amqpInbox.ts';

const body = (text: string | number): Buffer => Buffer.from(String(text));

/** An inbox whose last session handed these bodies on, in this order. */
const afterSession = (...bodies: readonly (string | number)[]): AmqpInbox => {
  const inbox = new AmqpInbox();
  inbox.open();
  bodies.forEach((text, index) => {
    inbox.handOn(index + 1, body(text));
  });
  return inbox;
};

describe('the inbox at RabbitMQ, after a cut', () => {
  it('knows the messages of the last session again, each once', () => {
    const inbox = afterSession('a', 'b', 'b');
    inbox.open();
    assert.ok(inbox.redelivery.isRepeated(body('a')));
    assert.ok(inbox.redelivery.isRepeated(body('b')));
    assert.ok(inbox.redelivery.isRepeated(body('b')));
    assert.ok(!inbox.redelivery.isRepeated(body('b')));
    assert.ok(!inbox.redelivery.isRepeated(body('new')));
  });

  it('remembers as many messages as may be unacknowledged, and not more', () => {
    const inbox = afterSession(...Array.from({ length: prefetch + 1 }, (_, index) => index));
    inbox.open();
    assert.ok(!inbox.redelivery.isRepeated(body(0)));
    for (let index = 1; index <= prefetch; index++) assert.ok(inbox.redelivery.isRepeated(body(index)));
  });

  it('waits for the newest message to come again, which shows that none was dropped', () => {
    const inbox = afterSession('a', 'b');
    inbox.open();
    assert.ok(inbox.redelivery.awaitsBookmark);
    inbox.redelivery.isRepeated(body('a'));
    assert.ok(inbox.redelivery.awaitsBookmark);
    inbox.redelivery.isRepeated(body('b'));
    assert.ok(!inbox.redelivery.awaitsBookmark);
  });

  it('waits for nothing when everything was acknowledged', () => {
    const inbox = afterSession('a');
    inbox.dropBookmark();
    inbox.open();
    assert.ok(!inbox.redelivery.awaitsBookmark);
  });

  it('still knows what a session that was cut at once has not seen again', () => {
    const inbox = afterSession('a', 'b');
    inbox.open();
    assert.ok(inbox.redelivery.isRepeated(body('a')));
    inbox.open();
    assert.ok(!inbox.redelivery.isRepeated(body('a')));
    assert.ok(inbox.redelivery.isRepeated(body('b')));
  });

  it('begins anew under another name when its queue is gone', () => {
    const inbox = afterSession('a');
    const { name } = inbox;
    inbox.renew();
    inbox.open();
    assert.notEqual(inbox.name, name);
    assert.match(inbox.name, /^celeryev\.celeriac\.[\da-f-]{36}$/);
    assert.equal(inbox.sessions, 1);
    assert.ok(!inbox.redelivery.isRepeated(body('a')));
    assert.ok(!inbox.redelivery.awaitsBookmark);
  });
});

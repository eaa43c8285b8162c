import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeControlEnvelope, encodeTaskEnvelope } from '../../../server/celery/envelope.ts';
import { taskMessage } from '../../../server/celery/taskMessage.ts';

const command = { method: 'ping', arguments: { ids: ['ü'] }, destination: ['w@h'], pattern: null, matcher: null };

describe('encodeControlEnvelope', () => {
  it('has all that kombu reads, with the body in base64', () => {
    const envelope = JSON.parse(
      encodeControlEnvelope(command, { exchange: 'celery.pidbox', routingKey: '', deliveryTag: 'tag' }),
    );
    assert.deepEqual(JSON.parse(Buffer.from(envelope.body, 'base64').toString()), command);
    assert.equal(envelope['content-type'], 'application/json');
    assert.equal(envelope['content-encoding'], 'utf-8');
    assert.deepEqual(envelope.headers, {});
    assert.equal(envelope.properties.body_encoding, 'base64');
    assert.equal(envelope.properties.delivery_tag, 'tag');
    assert.deepEqual(envelope.properties.delivery_info, { exchange: 'celery.pidbox', routing_key: '' });
  });

  it('says until when the command is fresh', () => {
    const parts = { exchange: 'x', routingKey: '', deliveryTag: 't', expiresAt: 1700000000.5 };
    assert.deepEqual(JSON.parse(encodeControlEnvelope(command, parts)).headers, { expires: 1700000000.5 });
  });
});

describe('encodeTaskEnvelope', () => {
  const order = { id: 'id-1', name: 'a.task', args: ['ü'], kwargs: {}, queue: 'q', origin: '1@h', priority: 7 };
  const message = taskMessage(order, Date.now());

  it('has all that kombu reads, with headers, properties and body as they are', () => {
    const envelope = JSON.parse(encodeTaskEnvelope(message, 'tag'));
    assert.deepEqual(envelope.headers, message.headers);
    assert.equal(Buffer.from(envelope.body, 'base64').toString(), message.body);
    assert.deepEqual(envelope.properties, {
      correlation_id: 'id-1',
      reply_to: '',
      delivery_mode: 2,
      delivery_info: { exchange: '', routing_key: 'q' },
      priority: 7,
      body_encoding: 'base64',
      delivery_tag: 'tag',
    });
  });

  it('carries an expiration as the text that AMQP wants', () => {
    const mortal = { ...message, properties: { ...message.properties, expirationMs: 1500 } };
    assert.equal(JSON.parse(encodeTaskEnvelope(mortal, 't')).properties.expiration, '1500');
  });
});

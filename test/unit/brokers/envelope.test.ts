import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeControlEnvelope } from '../../../server/celery/envelope.ts';

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

  it('tells a worker until when to obey', () => {
    const parts = { exchange: 'x', routingKey: '', deliveryTag: 't', expiresAt: 1700000000.5 };
    assert.deepEqual(JSON.parse(encodeControlEnvelope(command, parts)).headers, { expires: 1700000000.5 });
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeDelivery } from '../../../server/celery/decodeDelivery.ts';
import type { Delivery } from '../../../server/celery/delivery.ts';
import type { CeleryEvent } from '../../../server/celery/event.ts';
import { RawEvents } from '../../../server/state/rawEvents.ts';
import { idOf, received, taskEvent, workerEvent } from './someEvents.ts';

const plain = (...events: readonly CeleryEvent[]): Delivery => ({
  kind: 'message',
  body: Buffer.from(JSON.stringify(events)),
  contentType: 'application/json',
  contentEncoding: 'utf-8',
  compression: null,
});

/** As kombu's virtual transports write it. */
const enveloped = (event: CeleryEvent): Delivery => ({
  kind: 'envelope',
  bytes: Buffer.from(
    JSON.stringify({
      body: Buffer.from(JSON.stringify(event)).toString('base64'),
      'content-encoding': 'utf-8',
      'content-type': 'application/json',
      headers: {},
      properties: { body_encoding: 'base64', delivery_info: {}, delivery_tag: 'x' },
    }),
  ),
});

const keepAll = (raw: RawEvents, ...deliveries: readonly Delivery[]): void => {
  for (const [at, delivery] of deliveries.entries()) {
    raw.begin(delivery, at);
    decodeDelivery(delivery, (event) => raw.note(event));
  }
};

describe('the raw events of a task', () => {
  it('come back as they were sent, in their order, whatever carried them', () => {
    const raw = new RawEvents(1024 * 1024);
    keepAll(
      raw,
      enveloped(received(1, 1, { argsrepr: 'ü' })),
      plain(
        taskEvent('started', 1, 2),
        taskEvent('started', 2, 2),
        taskEvent('custom-progress', 1, 3, { percent: 40 }),
      ),
      enveloped(workerEvent('heartbeat', 4)),
    );
    assert.deepEqual(raw.find(idOf(1)), [
      { receivedAt: 0, event: received(1, 1, { argsrepr: 'ü' }) },
      { receivedAt: 1, event: taskEvent('started', 1, 2) },
      { receivedAt: 1, event: taskEvent('custom-progress', 1, 3, { percent: 40 }) },
    ]);
    assert.equal(raw.find(idOf(2)).length, 1);
    assert.deepEqual([raw.find(idOf(3)), raw.keptSince], [[], null]);
  });

  it('are kept up to a number of bytes, and it is known since when', () => {
    const raw = new RawEvents(512 * 1024);
    const large = 'x'.repeat(10_000);
    keepAll(raw, ...Array.from({ length: 200 }, (_, index) => plain(received(index, index, { args: large }))));
    assert.deepEqual(raw.find(idOf(0)), []);
    assert.equal(raw.find(idOf(199)).length, 1);
    assert.ok(raw.keptSince !== null && raw.keptSince > 100, String(raw.keptSince));
    assert.equal(raw.find(idOf(raw.keptSince)).length, 1);
    assert.equal(raw.find(idOf(raw.keptSince - 1)).length, 0);
  });

  it('cost nothing while only workers speak, and pass over what is too large', () => {
    const raw = new RawEvents(512 * 1024);
    keepAll(raw, plain(workerEvent('heartbeat', 1)), plain(received(1, 1, { args: 'x'.repeat(300_000) })));
    assert.deepEqual(raw.find(idOf(1)), []);
  });
});

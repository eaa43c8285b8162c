import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRoute } from '../../../server/brokers/redisUnacked.ts';

describe('where an unacknowledged message came from', () => {
  const envelope = { body: 'x'.repeat(10_000), headers: { task: 'a", "b", "c"]' } };
  for (const [exchange, routingKey] of [
    ['', 'default'],
    ['shop', 'a.b'],
    ['with "quotes"', 'and \\ backslash'],
    ['ünicode', '\u0006\u0016'],
  ] as const) {
    it(`is read from its end: ${JSON.stringify([exchange, routingKey])}`, () => {
      const text = JSON.stringify([envelope, exchange, routingKey]);
      assert.deepEqual(readRoute(text), { exchange, routingKey });
      // json.dumps puts a space behind each comma.
      const spaced = `[${JSON.stringify(envelope)}, ${JSON.stringify(exchange)}, ${JSON.stringify(routingKey)}]`;
      assert.deepEqual(readRoute(spaced), { exchange, routingKey });
    });
  }

  it('is unknown for what is no such message', () => {
    for (const text of ['', 'x', '[]', '[{}, 1, 2]', '[{}, "a"]']) assert.equal(readRoute(text), null, text);
  });
});

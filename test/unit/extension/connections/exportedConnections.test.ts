import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConnections, writeConnections } from '../../../../extension/connections/exportedConnections.ts';

test('what was exported can be imported, and holds placeholders where secrets were', () => {
  const entries = [
    { name: 'orders', url: 'redis://:${secret:url}@host/0', environment: 'prod' },
    { name: 'old', url: 'amqp://bob:hunter2@host//', resultBackend: 'redis://:hunter3@host/1' },
  ];
  const text = writeConnections(entries);
  assert.doesNotMatch(text, /hunter/);
  assert.deepEqual(readConnections(text), [
    entries[0],
    { name: 'old', url: 'amqp://bob:${secret:url}@host//', resultBackend: 'redis://:${secret:resultBackend}@host/1' },
  ]);
});

test('a list from the settings can be imported too; what is no connection is left out', () => {
  assert.deepEqual(readConnections('[{"url":"redis://host"},{"name":"no url"},7]'), [
    { name: 'connection 1', url: 'redis://host' },
  ]);
});

test('a file of something else is none', () => {
  for (const text of ['', 'no json', '{}', '{"connections":"x"}', '7', 'null'])
    assert.equal(readConnections(text), null);
});

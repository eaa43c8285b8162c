import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkedView } from '../../../media/browser/linkedView.ts';

test('a link opens the table of tasks with its query; what the page kept besides stays', () => {
  const kept = JSON.stringify({ rangeSeconds: 300, lists: { tab: 'queues', columns: ['name'], states: ['RETRY'] } });
  assert.deepEqual(JSON.parse(linkedView(kept, '?query=state:FAILURE+name:a*') ?? ''), {
    rangeSeconds: 300,
    lists: { tab: 'tasks', columns: ['name'], states: [], text: 'state:FAILURE name:a*' },
  });
  assert.equal(linkedView(kept, ''), kept);
  for (const odd of [null, 'not JSON', '"text"', '[1]', '{"lists":3}'])
    assert.equal(JSON.parse(linkedView(odd, '?query=x') ?? '').lists.text, 'x');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PointedRows } from '../../../../extension/views/pointedRows.ts';

const says = (text: string | null) => (): string | null => text;

test('names a row whose tooltip has become untrue, once there was time to read it', () => {
  const rows = new PointedRows();
  rows.note('worker', '3 tasks', 1_000);
  assert.deepEqual(rows.outdated(5_000, says('4 tasks')), []);
  assert.deepEqual(rows.outdated(11_000, says('3 tasks')), []);
  assert.deepEqual(rows.outdated(11_000, says('4 tasks')), ['worker']);
});

test('names no row that was drawn anew since, or that is gone', () => {
  const rows = new PointedRows();
  rows.note('drawn', 'old', 0);
  rows.forget('drawn');
  assert.deepEqual(rows.outdated(20_000, says('new')), []);
  rows.note('gone', 'old', 0);
  assert.deepEqual(rows.outdated(20_000, says(null)), []);
  assert.deepEqual(rows.outdated(20_000, says('new')), []);
});

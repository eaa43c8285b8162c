import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editLine, type LineState } from '../../../../extension/debug/rdb/editLine.ts';

const empty: LineState = { text: '', history: [], at: 0 };

test('a line is sent when it is complete, as it was corrected', () => {
  const { lines, state, echo } = editLine(empty, 'p totla\u007f\u007fal\rw\r');
  assert.deepEqual([lines, state.text], [['p total', 'w'], '']);
  assert.match(echo, /\r\n$/);
});

test('the arrows bring back what was typed before', () => {
  const typed = editLine(empty, 'p one\rp two\r').state;
  assert.equal(editLine(typed, '\u001b[A').state.text, 'p two');
  assert.equal(editLine(typed, '\u001b[A\u001b[A').state.text, 'p one');
  assert.equal(editLine(typed, '\u001b[A\u001b[B').state.text, '');
});

test('the end of input lets the task run on, and other control keys do nothing', () => {
  assert.deepEqual(editLine(empty, '\u0004').lines, ['c']);
  assert.deepEqual(editLine(empty, '\u0001\u001b[5~').state, empty);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderedJson } from '../../../../server/text/answers/orderedJson.ts';

test('two equal answers read alike, in whatever order the workers wrote them', () => {
  assert.equal(orderedJson({ b: 1, a: { d: ['y', 'x'], c: 2 } }), orderedJson({ a: { c: 2, d: ['x', 'y'] }, b: 1 }));
});

test('keeps the order of lists that are not of names', () => {
  assert.equal(orderedJson([3, 1, 2]), '[\n  3,\n  1,\n  2\n]\n');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRedactPatterns } from '../../../../server/api/redaction.ts';
import { encodeInSlices } from '../../../../server/faces/http/encoded.ts';
import { jsonPieces } from '../../../../server/faces/http/jsonPieces.ts';
import { makeOutlet } from '../../../../server/outlet/outlet.ts';
import { atOnce } from '../../../../server/state/queries/slices.ts';

const outlet = makeOutlet(defaultRedactPatterns);

const answers: readonly object[] = [
  {},
  [],
  { a: undefined, b: null, c: [undefined, Number.NaN], d: {}, e: [] },
  { tasks: [{ id: 'x', args: [{ password: 'hunter2' }], kwargs: "{'token': 'abc'}" }, null], total: 1 },
  { workers: { 'celery@a': { hostname: 'celery@a', deep: { deeper: [{ password: 'x' }] } } } },
  { value: { password: 'x', list: [1, 2] }, args: { api_key: 'x' }, sentence: 'redis://:secret@host' },
  [[[{ password: 'x' }]], 'token=abc', { toJSON: () => 'own' }],
];

test('an answer in pieces is the same text as the whole, with the same secrets covered', () => {
  for (const answer of answers)
    assert.equal([...jsonPieces(answer, outlet)].join(''), `${JSON.stringify(outlet.answer(answer))}\n`);
});

test('a long answer is made in parts, and is whole in the end', () => {
  const answer = { queues: Array.from({ length: 20_000 }, (_, index) => ({ name: `q${index}`, ready: index })) };
  const work = encodeInSlices({ json: answer }, outlet);
  let pauses = 0;
  for (;;) {
    const step = work.next();
    if (step.done) {
      assert.deepEqual(JSON.parse(step.value.bytes.toString()), answer);
      assert.equal(step.value.etag, atOnce(encodeInSlices({ json: answer }, outlet)).etag);
      break;
    }
    pauses++;
  }
  assert.ok(pauses > 5);
});

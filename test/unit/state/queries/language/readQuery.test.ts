import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { completeQuery } from '../../../../../server/state/queries/language/completeQuery.ts';
import { QueryError } from '../../../../../server/state/queries/language/queryError.ts';
import { readQuery } from '../../../../../server/state/queries/language/readQuery.ts';
import { readsAsQuery } from '../../../../../server/state/queries/language/readsAsQuery.ts';
import { applyAll, idOf, makeState, received, t0, taskEvent } from '../../someEvents.ts';

const now = (t0 + 100) * 1_000;

const errorOf = (query: string): QueryError => {
  try {
    readQuery(query, now);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${query} was understood`);
};

describe('a query that cannot be read', () => {
  const mistakes: readonly (readonly [query: string, at: number, length: number, what: RegExp])[] = [
    ['state:FAILURE stat:x', 14, 4, /Unknown field "stat"\. Did you mean "state"\?$/],
    ['http://x', 0, 4, /Unknown field "http"\. Fields: state, name, .*put it in quotes\.$/],
    ['runtime:5x', 8, 2, /Expected a duration such as >5s, not "5x"\.$/],
    ['runtime:>', 9, 1, /Expected a duration such as >5s, not ""\.$/],
    ['runtime:1s..x', 12, 1, /not "x"/],
    ['received:yesterday', 9, 9, /Expected an age such as <1h, or a time/],
    ['retries:>many', 9, 4, /Expected a number such as >2, not "many"\.$/],
    ['(state:FAILURE', 0, 1, /This parenthesis is not closed\.$/],
    ['state:FAILURE)', 13, 1, /This parenthesis has no opening counterpart\.$/],
    ['name:a OR', 9, 1, /Expected a term such as state:FAILURE here, after OR\.$/],
    ['OR name:a', 0, 2, /Expected a term/],
    ['name:', 0, 5, /Expected a value after "name:"\.$/],
    ['args:"a', 5, 1, /This quote is not closed/],
    ['()', 1, 1, /Expected a term/],
  ];
  for (const [query, at, length, what] of mistakes)
    it(`is told where and why: ${query}`, () => {
      const error = errorOf(query);
      assert.deepEqual([error.at, error.length], [at, length], error.message);
      assert.match(error.message, what);
      assert.match(error.message, new RegExp(`^Query, character ${at + 1}: `));
    });

  it('is shown with a mark below the place', () => {
    assert.deepEqual(errorOf('state:FAILURE stat:x').pointer(80), [
      '  state:FAILURE stat:x',
      `  ${' '.repeat(14)}^^^^`,
    ]);
    const [line = '', mark = ''] = errorOf(`${'a '.repeat(900)}stat:x`).pointer(80);
    assert.equal(line.slice(mark.indexOf('^'), mark.indexOf('^') + 4), 'stat');
    assert.ok(line.length <= 80);
  });

  const hostile = [
    '('.repeat(3_000),
    '-'.repeat(3_999),
    'a '.repeat(1_999),
    `"${'\\'.repeat(3_000)}`,
    'x'.repeat(5_000),
  ];
  for (const query of [...hostile, `${'NOT '.repeat(900)}a`, `name:${','.repeat(3_000)}`])
    it(`takes no time, however odd: ${query.slice(0, 12)}…`, () => {
      const startedAt = performance.now();
      assert.ok(errorOf(query).message.length < 300);
      assert.ok(performance.now() - startedAt < 200);
    });

  it('takes little time over long texts with many stars', () => {
    const state = makeState();
    for (let index = 0; index < 200; index++)
      applyAll(state, received(index, index, { args: 'a'.repeat(5_000), name: 'a'.repeat(200) }));
    const startedAt = performance.now();
    for (const field of ['args', 'name'])
      assert.equal(state.tasks.page({ where: { query: `${field}:${'a*'.repeat(900)}b`, at: now } }).tasks.length, 0);
    assert.ok(performance.now() - startedAt < 2_000, `${performance.now() - startedAt} ms`);
  });
});

describe('a query', () => {
  const state = makeState();
  applyAll(state, received(1, 0, { kwargs: "{'customer': 42, 'n': 1}", name: 'orders.charge', hostname: 'w1@api' }));
  applyAll(state, taskEvent('failed', 1, 9, { exception: 'TimeoutError()', traceback: '', hostname: 'w1@api' }));
  applyAll(state, received(2, 50, { kwargs: "{'customer': 421}", name: 'celery.ping', hostname: 'w2@api' }));
  applyAll(state, taskEvent('succeeded', 2, 90, { runtime: 7.5, result: "'two words'", hostname: 'w2@api' }));
  const found = (query: string): number[] =>
    state.tasks
      .page({ where: { query, at: now } })
      .tasks.map(({ id }) => [1, 2].find((each) => idOf(each) === id) ?? 0);

  const meanings: readonly (readonly [query: string, found: readonly number[]])[] = [
    ['', [2, 1]],
    ['state:failed', [1]],
    ['state:FAILURE,SUCCESS', [2, 1]],
    ['worker:w1', [1]],
    ['worker:api', [2, 1]],
    ['-name:celery.*', [1]],
    ['NOT name:celery.*', [1]],
    ['runtime:5s..10s', [2]],
    ['received:<1m', [2]],
    ['received:>1m', [1]],
    [`received:>=${new Date((t0 + 50) * 1_000).toISOString()}`, [2]],
    ['name:celery.* OR exception:Timeout*', [2, 1]],
    ['name:celery.* exception:Timeout', []],
    ['result:"two words"', [2]],
    ['two words', [2]],
    [`kwargs:"'customer': 42"`, [2, 1]],
    // Flower's way of naming one argument.
    ['kwargs:customer=42', [1]],
    ['uuid:00000000-0000-4000-8000-000000000001', [1]],
    ['result:*', [2]],
    ['-result:*', [1]],
  ];
  for (const [query, wanted] of meanings)
    it(`means what it says: ${query || 'nothing'}`, () => assert.deepEqual(found(query), wanted));

  it('is told from a text that is searched as it stands', () => {
    for (const text of ['state:FAILURE', 'x -name:a', '(queue:a OR b)']) assert.equal(readsAsQuery(text), true, text);
    for (const text of ["'customer': 42", 'redis://x', 'two words', 'a:b', ':', '-'])
      assert.equal(readsAsQuery(text), false, text);
  });

  it('is completed with fields, then with values that are known', () => {
    const known = { state: ['FAILURE', 'SUCCESS'], name: ['orders.charge'], worker: [], queue: ['a b'] };
    const complete = (text: string) => completeQuery(text, text.length, known);
    assert.deepEqual(complete('-qu'), { from: 1, options: ['queue:'] });
    assert.deepEqual(complete('name:x (state:fa'), { from: 14, options: ['FAILURE'] });
    assert.deepEqual(complete('state:FAILURE,su'), { from: 14, options: ['SUCCESS'] });
    assert.deepEqual(complete('queue:'), { from: 6, options: ['"a b"'] });
    assert.deepEqual(complete('nothing:'), { from: 8, options: [] });
  });
});

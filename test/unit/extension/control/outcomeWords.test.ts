import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeText, summarize } from '../../../../extension/control/outcomeWords.ts';
import type { ControlOutcome, WorkerReply } from '../../../../server/api/control.ts';

const answered = (hostname: string, value: unknown): WorkerReply => ({ kind: 'answered', hostname, value });
const refused: WorkerReply = { kind: 'refused', hostname: 'celery@two', sentence: 'Autoscale not enabled', value: {} };
const anOutcome = (...replies: WorkerReply[]): ControlOutcome => ({ replies, expected: replies.length, tookMs: 3 });

test('says in one sentence what all workers answered alike', () => {
  const outcome = anOutcome(answered('a', { ok: 'pool will grow' }), answered('b', { ok: 'pool will grow' }));
  assert.deepEqual(summarize('pool_grow n=1', outcome), { sentence: '2 workers: “pool will grow”', isAllWell: true });
});

test('names the only worker', () => {
  const outcome = anOutcome(answered('celery@one', { ok: 'pool will grow' }));
  assert.equal(summarize('pool_grow', outcome).sentence, 'celery@one: “pool will grow”');
});

test('says what was done where workers answer nothing', () => {
  assert.equal(summarize('heartbeat', anOutcome(answered('celery@one', null))).sentence, 'celery@one: heartbeat');
});

test('names who did not do it, and why', () => {
  const summary = summarize('autoscale max=3', anOutcome(answered('celery@one', { ok: 'yes' }), refused));
  assert.equal(summary.isAllWell, false);
  assert.equal(summary.sentence, 'autoscale max=3: 1 of 2 workers did it. celery@two: Autoscale not enabled');
});

test('says so when nobody is there', () => {
  assert.match(summarize('heartbeat', anOutcome()).sentence, /no worker is there/);
});

test('lists every worker with what became of it', () => {
  const text = outcomeText('autoscale max=3', 'shop', anOutcome(answered('celery@one', { ok: 'fine' }), refused));
  assert.match(text, /celery@one {2}yes {7}fine/);
  assert.match(text, /celery@two {2}refused {3}Autoscale not enabled/);
});

test('tells the answers apart where workers say different things', () => {
  const outcome = anOutcome(answered('a', { ok: 'terminated' }), answered('b', { ok: 'flagged as revoked' }));
  assert.equal(summarize('Revoke', outcome).sentence, '2 workers did it. “a: terminated; b: flagged as revoked”');
});

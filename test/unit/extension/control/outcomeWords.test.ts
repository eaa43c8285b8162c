import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeText, summarize } from '../../../../extension/control/outcomeWords.ts';
import type { ControlOutcome, WorkerReply } from '../../../../server/api/control.ts';

const answered = (hostname: string, value: unknown): WorkerReply => ({ kind: 'answered', hostname, value });
const refused: WorkerReply = { kind: 'refused', hostname: 'celery@two', sentence: 'Autoscale not enabled', value: {} };
const anOutcome = (...replies: WorkerReply[]): ControlOutcome => ({ replies, expected: replies.length, tookMs: 3 });

const anOrder = (method: string, ...words: string[]) => ({ method, title: [method, ...words].join(' '), words });

test('one sentence says what all workers changed', () => {
  const outcome = anOutcome(answered('a', { ok: 'pool will grow' }), answered('b', { ok: 'pool will grow' }));
  assert.deepEqual(summarize(anOrder('pool_grow', 'n=2'), outcome), {
    sentence: '2 workers: 2 processes added to the pool.',
    isAllWell: true,
  });
});

test('the only worker is named', () => {
  const outcome = anOutcome(answered('celery@one', { ok: 'no longer consuming from emails' }));
  assert.equal(
    summarize(anOrder('cancel_consumer', 'queue=emails'), outcome).sentence,
    'celery@one: stopped consuming from emails.',
  );
});

test('a worker that had done so before is not reported as changed', () => {
  const outcome = anOutcome(answered('celery@one', { ok: 'task events already enabled' }));
  assert.equal(summarize(anOrder('enable_events'), outcome).sentence, 'celery@one: “task events already enabled”');
});

test('a removed rate limit is not called a limit of 0', () => {
  const outcome = anOutcome(answered('celery@one', { ok: 'new rate limit set successfully' }));
  const order = anOrder('rate_limit', 'task_name=mail.send', 'rate_limit=0');
  assert.equal(summarize(order, outcome).sentence, 'celery@one: rate limit of mail.send removed.');
});

test('workers that answer nothing are reported with what was asked of them', () => {
  const { sentence } = summarize(anOrder('heartbeat'), anOutcome(answered('celery@one', null)));
  assert.equal(sentence, 'celery@one: heartbeat');
});

test('workers that did not succeed are named with their reason', () => {
  const order = anOrder('autoscale', 'max=3');
  const summary = summarize(order, anOutcome(answered('celery@one', { ok: 'yes' }), refused));
  assert.equal(summary.isAllWell, false);
  assert.equal(summary.sentence, 'autoscale max=3: 1 of 2 workers succeeded. celery@two: Autoscale not enabled');
});

test('no answer at all means that no workers are online', () => {
  assert.equal(summarize(anOrder('heartbeat'), anOutcome()).sentence, 'heartbeat: no workers are online.');
});

test('the full report has one line for each worker', () => {
  const text = outcomeText('autoscale max=3', 'shop', anOutcome(answered('celery@one', { ok: 'fine' }), refused));
  assert.match(text, /celery@one {2}done {7}fine/);
  assert.match(text, /celery@two {2}refused {4}Autoscale not enabled/);
});

test('answers that differ are reported worker by worker', () => {
  const outcome = anOutcome(answered('a', { ok: 'terminated' }), answered('b', { ok: 'flagged as revoked' }));
  assert.equal(
    summarize(anOrder('revoke'), outcome).sentence,
    'revoke: 2 workers done. “a: terminated; b: flagged as revoked”',
  );
});

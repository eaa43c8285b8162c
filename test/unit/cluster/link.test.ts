import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkState } from '../../../server/api/model.ts';
import { backoffMs } from '../../../server/brokers/backoff.ts';
import { type LinkEvent, nextLink } from '../../../server/cluster/link.ts';
import { plainWords } from '../plainWords.ts';

const server = { product: 'Redis', version: '7.0' };
const reason = { code: 'brokerUnreachable', sentence: 'Nobody listens.' };
const live: LinkState = { kind: 'live', since: 5, server, blocked: null };

const walk = (events: readonly LinkEvent[], from: LinkState = { kind: 'disconnected' }): LinkState =>
  events.reduce(nextLink, from);

test('a first attempt that succeeds goes through connecting to live', () => {
  const connecting = walk([{ kind: 'connectStarted', at: 1 }]);
  assert.deepEqual(connecting, { kind: 'connecting', attempt: 1, since: 1 });
  assert.deepEqual(nextLink(connecting, { kind: 'connected', at: 5, server }), live);
});

test('attempts are counted until one succeeds, and then start anew', () => {
  const failed: LinkEvent = { kind: 'failed', at: 2, reason, retryAt: 9 };
  const third = walk([
    { kind: 'connectStarted', at: 1 },
    failed,
    { kind: 'connectStarted', at: 3 },
    failed,
    { kind: 'connectStarted', at: 4 },
  ]);
  assert.equal(third.kind === 'connecting' && third.attempt, 3);
  const after = walk([{ kind: 'connected', at: 5, server }, failed, { kind: 'connectStarted', at: 6 }], third);
  assert.equal(after.kind === 'connecting' && after.attempt, 1);
});

test('a lost link says why, and when the next attempt comes', () => {
  const lost = nextLink(live, { kind: 'failed', at: 7, reason, retryAt: 8 });
  assert.deepEqual(lost, { kind: 'lost', since: 7, retryAt: 8, attempt: 0, reason });
});

test('only a live link can be blocked, and it says by what', () => {
  const blocked = nextLink(live, { kind: 'blocked', reason: plainWords('low on memory') });
  assert.equal(blocked.kind === 'live' && blocked.blocked?.sentence, 'low on memory');
  const connecting = walk([{ kind: 'connectStarted', at: 1 }]);
  assert.equal(nextLink(connecting, { kind: 'blocked', reason: plainWords('x') }), connecting);
});

test('the wait doubles up to half a minute and never strays more than a tenth', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 60].map((attempt) => backoffMs(attempt, 0.5)),
    [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
  );
  assert.equal(backoffMs(1, 0), 900);
  assert.equal(backoffMs(1, 1), 1_100);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkState } from '../../../../server/api/model.ts';
import { LinkTalk } from '../../../../server/faces/cli/linkTalk.ts';
import { tellGaps } from '../../../../server/faces/cli/listenFor.ts';
import { plainWords } from '../../plainWords.ts';
import { aTerminal } from './aTerminal.ts';

const lost = (since: number, retryAt: number): LinkState => ({
  kind: 'lost',
  since,
  retryAt,
  attempt: 1,
  reason: { code: 'brokerUnreachable', sentence: 'Connection refused at h:1.' },
});
const live: LinkState = { kind: 'live', since: 0, server: { product: 'Redis', version: null }, blocked: null };

test('tells a log each failure with the time of the next attempt, and the return', () => {
  const { terminal, said } = aTerminal();
  let now = 10_000;
  const talk = new LinkTalk(terminal, () => now);
  talk.note({ kind: 'connecting', attempt: 1, since: 0 });
  talk.note(live);
  talk.note(lost(10_000, 11_000));
  talk.note(lost(11_000, 13_000));
  now = 14_000;
  talk.note(live);
  talk.note(live);
  talk.end();
  assert.deepEqual(said().trim().split('\n'), [
    'celeriac: Connection refused at h:1. Reconnecting in 1 s.',
    'celeriac: Connection refused at h:1. Reconnecting in 3 s.',
    'celeriac: Reconnected after 4 s. Events from that time may be missing.',
  ]);
});

test('tells a person the reason once and counts the seconds below it', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { terminal, said } = aTerminal({ isTTY: true, environment: { NO_COLOR: '1' } });
  let now = 0;
  const talk = new LinkTalk(terminal, () => now);
  talk.note(lost(0, 2_000));
  now = 1_000;
  t.mock.timers.tick(1_000);
  talk.note(lost(0, 5_000));
  talk.end();
  const lines = said().replaceAll('\r\u001b[K', '|').split('|').filter(Boolean);
  assert.deepEqual(lines, [
    'celeriac: Connection refused at h:1.\n',
    'Reconnecting in 2 s … Press Ctrl-C to stop.',
    'Reconnecting in 1 s … Press Ctrl-C to stop.',
    'Reconnecting in 4 s … Press Ctrl-C to stop.',
  ]);
});

test('tells that the broker takes no messages', () => {
  const { terminal, said } = aTerminal();
  new LinkTalk(terminal).note({ ...live, blocked: plainWords('low on memory') } as LinkState);
  assert.equal(said(), 'celeriac: low on memory\n');
});

test('covers what a broker says with a secret in it, while a stream runs and at its end', () => {
  const { terminal, said } = aTerminal();
  const reason = { code: 'brokerUnreachable', sentence: 'No answer from redis://u:hunter2@h/0.' } as const;
  const talk = new LinkTalk(terminal, () => 0);
  talk.note({ kind: 'lost', since: 0, retryAt: 1_000, attempt: 1, reason });
  talk.note({ ...live, blocked: plainWords("password='hunter2'") } as LinkState);
  tellGaps({ terminal }, { gaps: [], failure: reason });
  talk.end();
  assert.equal(said().trim().split('\n').length, 4);
  assert.doesNotMatch(said(), /hunter2/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemRows, testRows, testSummary, testText } from '../../../../extension/connections/testRows.ts';
import type { ConnectionTest, StageResult, TestStage } from '../../../../server/api/connectionTest.ts';
import { plainWords } from '../../plainWords.ts';

const stages: readonly TestStage[] = ['dns', 'tcp', 'tls', 'auth', 'place', 'events', 'ping'];

const failingAt = (failing: TestStage | null): ConnectionTest => ({
  maskedUrl: 'redis://:********@host:6379/0',
  brokerKind: 'redis',
  tookMs: 30,
  suggestedScheme: null,
  stages: stages.map((stage, index): StageResult => {
    const at = failing === null ? stages.length : stages.indexOf(failing);
    if (index > at) return { stage, outcome: 'skipped', tookMs: null, ...plainWords('Not reached.') };
    const outcome = index === at ? 'failed' : 'ok';
    return { stage, outcome, tookMs: index, ...plainWords(`About ${stage}.`) };
  }),
});

test('each stage is a row with its state as an icon and as a word', () => {
  const rows = testRows(failingAt('auth'));
  assert.deepEqual(rows[0], { mark: 'passed', label: 'Look up host', description: 'ok · 0 ms · About dns.' });
  assert.deepEqual(rows[3], { mark: 'failed', label: 'Sign in', description: 'failed after 3 ms' });
  assert.deepEqual(rows[4], { icon: 'blank', label: 'About auth.', description: '' });
  assert.deepEqual(rows[5], {
    mark: 'skipped',
    label: 'Open database',
    description: 'skipped · Not reached.',
  });
});

test('what went wrong is laid out over as many rows as it needs, and no word is lost', () => {
  const sentence = 'A sentence that is longer than a row of the list. '.repeat(4).trim();
  const test = failingAt('dns');
  const [first, ...others] = test.stages;
  const rows = testRows({ ...test, stages: first ? [{ ...first, sentence }, ...others] : [] });
  const lines = rows.filter(({ icon }) => icon === 'blank').map(({ label }) => label);
  assert.ok(lines.length > 1);
  assert.ok(lines.every((line) => line.length < 90));
  assert.equal(lines.join(' '), sentence);
  assert.deepEqual(problemRows('No variable.'), [{ mark: 'failed', label: 'No variable.', description: '' }]);
});

test('the summary tells a broker without workers from one that cannot be reached', () => {
  assert.match(testSummary(failingAt(null)), /^Connected: the broker and its workers answer/);
  assert.match(testSummary(failingAt('ping')), /^Connected, but no worker answers/);
  assert.equal(testSummary(failingAt('tls')), 'Failed at "TLS handshake"');
});

test('the text for others has every stage and no password', () => {
  const text = testText('orders', failingAt('place'));
  assert.match(text, /^orders · redis:\/\/:\*{8}@host/);
  assert.match(
    text,
    /✓ Sign in \(3 ms\): About auth\.\n✗ Open database \(4 ms\): About place\.\n– Subscribe to events: /,
  );
});

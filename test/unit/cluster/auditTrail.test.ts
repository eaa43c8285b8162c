import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerReply } from '../../../server/api/control.ts';
import type { AuditEntry } from '../../../server/api/history.ts';
import { outcomeOfReplies, targetOf, withAudit } from '../../../server/cluster/auditTrail.ts';

const answered: WorkerReply = { kind: 'answered', hostname: 'a@x', value: { ok: 'done' } };
const refused: WorkerReply = { kind: 'refused', hostname: 'b@x', sentence: 'Autoscale not enabled', value: {} };
const silent: WorkerReply = { kind: 'silent', hostname: 'c@x', reason: 'lost', sentence: 'c@x is lost.' };
const outcome = (...replies: readonly WorkerReply[]) => outcomeOfReplies({ replies, expected: null, tookMs: 1 });

test('a deed leaves a line with who, what, where and how it went', async () => {
  const lines: AuditEntry[] = [];
  const deed = {
    action: 'purge',
    target: 'emails',
    parameters: {},
    act: async () => 7,
    outcomeOf: (count: number) => ({ outcome: 'done', sentence: `${count} gone` }) as const,
  };
  assert.equal(
    await withAudit(
      deed,
      (line) => lines.push(line),
      () => 1_000,
    ),
    7,
  );
  assert.match(lines[0]?.who ?? '', /.+@.+/);
  assert.deepEqual(
    { ...lines[0], who: '' },
    { at: 1_000, who: '', action: 'purge', target: 'emails', parameters: {}, outcome: 'done', sentence: '7 gone' },
  );
});

test('a deed that fails leaves its line too, and still fails', async () => {
  const lines: AuditEntry[] = [];
  const act = async (): Promise<number> => {
    throw new Error('no right');
  };
  const deed = {
    action: 'purge',
    target: 'q',
    parameters: {},
    act,
    outcomeOf: () => ({ outcome: 'done', sentence: null }) as const,
  };
  await assert.rejects(
    withAudit(
      deed,
      (line) => lines.push(line),
      () => 1,
    ),
    /no right/,
  );
  assert.equal(lines[0]?.outcome, 'failed');
  assert.equal(lines[0]?.sentence, 'no right');
});

test('the outcome tells whether all, some or none did it', () => {
  assert.deepEqual(outcome(answered), { outcome: 'done', sentence: null });
  assert.deepEqual(outcome(answered, refused), { outcome: 'partly', sentence: 'b@x: Autoscale not enabled' });
  assert.equal(outcome(refused).outcome, 'refused');
  assert.equal(outcome(refused, silent).outcome, 'failed');
});

test('the target is named as people say it', () => {
  const command = { method: 'shutdown', arguments: {} };
  assert.equal(targetOf(command), 'every worker');
  assert.equal(targetOf({ ...command, destination: ['a@x', 'b@x'] }), 'a@x, b@x');
  assert.equal(targetOf({ ...command, pattern: 'api@*', matcher: 'glob' }), 'api@*');
});

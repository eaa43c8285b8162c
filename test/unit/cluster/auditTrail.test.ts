import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerReply } from '../../../server/api/control.ts';
import type { AuditEntry } from '../../../server/api/history.ts';
import { outcomeOfReplies, targetOf, withAudit } from '../../../server/cluster/auditTrail.ts';
import { ownName } from '../../../server/cluster/ownName.ts';
import { whoAsks } from '../../../server/faces/http/whoAsks.ts';

const answered: WorkerReply = { kind: 'answered', hostname: 'a@x', value: { ok: 'done' } };
const refused: WorkerReply = { kind: 'refused', hostname: 'b@x', sentence: 'Autoscale not enabled', value: {} };
const silent: WorkerReply = { kind: 'silent', hostname: 'c@x', reason: 'lost', sentence: 'c@x is lost.' };
const outcome = (...replies: readonly WorkerReply[]) => outcomeOfReplies({ replies, expected: null, tookMs: 1 });

test('a deed leaves a line with who, what, where and how it went', async () => {
  const lines: AuditEntry[] = [];
  const deed = {
    who: 'anna from 10.0.0.7',
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
  assert.deepEqual(lines, [
    {
      at: 1_000,
      who: 'anna from 10.0.0.7',
      action: 'purge',
      target: 'emails',
      parameters: {},
      outcome: 'done',
      sentence: '7 gone',
    },
  ]);
});

test('a deed that fails leaves its line too, and still fails', async () => {
  const lines: AuditEntry[] = [];
  const act = async (): Promise<number> => {
    throw new Error('no right');
  };
  const deed = {
    who: 'anna from 10.0.0.7',
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

test('a process whose user has no name is known by the number of its user', () => {
  const username = (): string => {
    throw new Error('ERR_SYSTEM_ERROR: uv_os_get_passwd returned ENOENT');
  };
  assert.equal(ownName({ username, uid: () => 1_000_650_000, host: () => 'pod-1' }), 'uid 1000650000@pod-1');
});

test('who asks over HTTP is named by the person, else by the token, with the address', () => {
  const address = '10.0.0.7';
  assert.equal(whoAsks({ person: 'anna', address, hasToken: false }), 'anna from 10.0.0.7');
  assert.equal(whoAsks({ person: null, address, hasToken: true }), 'bearer of the token from 10.0.0.7');
  assert.equal(whoAsks({ person: null, address, hasToken: false }), 'HTTP client from 10.0.0.7');
});

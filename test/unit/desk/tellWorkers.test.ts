import assert from 'node:assert/strict';
import { test } from 'node:test';
import { revocation } from '../../../server/desk/revocation.ts';
import { readWorkerCommand, usualTimeoutMs } from '../../../server/desk/tellWorkers.ts';

test('a command is read by name and by what its arguments take', () => {
  assert.deepEqual(readWorkerCommand('pool_grow', ['2']), { method: 'pool_grow', arguments: { n: 2 } });
  assert.throws(() => readWorkerCommand('nap', []), {
    code: 'badRequest',
    message: 'Workers have no command "nap".',
  });
  const sentence = 'Workers have no command "shutdown".';
  assert.throws(() => readWorkerCommand('shutdown', [], 'inspect'), { code: 'badRequest', message: sentence });
});

test('a command has the time that it takes, a shutdown the time of its workers, and any other the usual', () => {
  assert.equal(usualTimeoutMs('ping', 2_000), 2_000);
  assert.equal(usualTimeoutMs('objgraph', 2_000), 60_000);
  assert.equal(usualTimeoutMs('shutdown', 2_000), undefined);
});

test('a revocation names a signal only where it ends what runs', () => {
  assert.deepEqual(revocation({ ids: ['a', 'n=1'], signal: 'KILL' }).arguments, { task_id: ['a', 'n=1'] });
  const ended = { task_id: ['a'], terminate: true, signal: 'TERM' };
  assert.deepEqual(revocation({ ids: ['a'], terminate: true }).arguments, ended);
  assert.deepEqual(revocation({ ids: ['a'], terminate: true, signal: 9 }).arguments, { ...ended, signal: 9 });
  assert.throws(() => revocation({ ids: ['a'], terminate: true, signal: 'NAP' }), /must be a signal such as TERM/);
});

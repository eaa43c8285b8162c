import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CeleriacError } from '../../../server/api/errors.ts';
import { readControlArguments as read } from '../../../server/celery/controlArguments.ts';
import {
  type ControlMethod,
  controlMethods,
  isPlural,
  signatureOf,
  specOf,
} from '../../../server/celery/controlCommands.ts';

const refusal = (method: ControlMethod, ...words: readonly string[]): string => {
  try {
    read(method, words);
  } catch (error) {
    assert.ok(error instanceof CeleriacError && error.code === 'badRequest', String(error));
    return error.message;
  }
  assert.fail(`${method} ${words.join(' ')} was taken`);
};

test('reads arguments in their order, as Celery does', () => {
  assert.deepEqual(read('ping', []), {});
  assert.deepEqual(read('time_limit', ['a.b', '1.5', '3']), { task_name: 'a.b', soft: 1.5, hard: 3 });
  assert.deepEqual(read('autoscale', ['10', '2']), { max: 10, min: 2 });
  assert.deepEqual(read('add_consumer', ['q', 'x', 'topic', 'k.*']), {
    queue: 'q',
    exchange: 'x',
    exchange_type: 'topic',
    routing_key: 'k.*',
  });
  assert.deepEqual(read('query_task', ['a', 'b']), { ids: ['a', 'b'] });
  assert.deepEqual(read('registered', ['rate_limit', 'max_retries']), { taskinfoitems: ['rate_limit', 'max_retries'] });
  assert.deepEqual(read('rate_limit', ['a.b', '10/m']), { task_name: 'a.b', rate_limit: '10/m' });
});

test('does not take the signal of a lone terminate for the id of a task, as Celery does', () => {
  assert.match(refusal('terminate', 'KILL'), /^"terminate" needs task_id \(Task IDs\)\./);
  assert.deepEqual(read('terminate', ['sigkill', 'a', 'b']), { signal: 'SIGKILL', task_id: ['a', 'b'] });
});

test('reads any argument by its name, and the others around it', () => {
  assert.deepEqual(read('revoke', ['terminate=yes', 'a', 'signal=kill', 'b']), {
    terminate: true,
    task_id: ['a', 'b'],
    signal: 'KILL',
  });
  assert.deepEqual(read('time_limit', ['hard=9', 'a.b', '3']), { hard: 9, task_name: 'a.b', soft: 3 });
  assert.deepEqual(read('rate_limit', ['task_name=a.b', '3']), { task_name: 'a.b', rate_limit: '3' });
  assert.deepEqual(read('conf', ['with_defaults=on']), { with_defaults: true });
  assert.deepEqual(read('pool_restart', ['modules=a', 'modules=b', 'reload=0']), {
    modules: ['a', 'b'],
    reload: false,
  });
});

test('takes a word with = that names no argument as it is', () => {
  assert.deepEqual(read('cancel_consumer', ['a=b']), { queue: 'a=b' });
});

test('reads stamps, of which the same may be given twice', () => {
  assert.deepEqual(read('revoke_by_stamped_headers', ['tenant=acme', 'run=a=b']), {
    headers: { tenant: 'acme', run: 'a=b' },
  });
  assert.deepEqual(read('revoke_by_stamped_headers', ['run=1', 'run=2', 'terminate=1']), {
    headers: { run: ['1', '2'] },
    terminate: true,
  });
  assert.match(refusal('revoke_by_stamped_headers', 'tenant'), /headers must be stamps such as tenant=acme/);
});

test('says what is missing, too much, given twice or wrong, and how it is used', () => {
  assert.equal(
    refusal('rate_limit', 'a.b'),
    '"rate_limit" needs rate_limit (Rate such as 10/s, 100/m or 5/h; 0 removes the limit). Usage: rate_limit TASK_NAME RATE_LIMIT',
  );
  assert.match(refusal('ping', 'x'), /^"ping" takes no arguments\./);
  assert.match(refusal('pool_grow', '1', '2'), /^"pool_grow" takes no more arguments\. .*: pool_grow \[N\]$/);
  assert.match(refusal('pool_grow', 'n=1', 'n=2'), /was given n twice/);
  assert.match(refusal('revoke'), /^"revoke" needs task_id/);
  assert.match(refusal('query_task', ''), /ids must be texts, none of them empty/);
  for (const bad of ['0', '-1', '1.5', 'x', '', '9'.repeat(20)]) {
    assert.match(refusal('pool_shrink', bad), /n must be an integer, at least 1, not/);
  }
  for (const bad of ['-1', 'x', '', 'Infinity'])
    assert.match(refusal('time_limit', 'a', bad), /soft must be a number, at least 0/);
  for (const bad of ['10/x', '/s', 'fast', '-1', '']) {
    assert.match(refusal('rate_limit', 'a', bad), /rate_limit must be a rate such as 10\/s, 100\/m or 5\/h/);
  }
  for (const good of ['0', '10', '0.5/s', '100/m', '2/h']) assert.ok(read('rate_limit', ['a', good]));
  assert.match(refusal('conf', 'maybe'), /with_defaults must be yes or no, not "maybe"/);
  assert.match(refusal('terminate', 'SIGNONE', 'a'), /signal must be a signal such as TERM/);
  assert.deepEqual(read('terminate', ['9', 'a']), { signal: 9, task_id: ['a'] });
});

test('shows how each command is used', () => {
  assert.equal(signatureOf('ping'), 'ping');
  assert.equal(signatureOf('revoke'), 'revoke TASK_ID… [terminate=yes] [signal=SIGNAL]');
  assert.equal(signatureOf('time_limit'), 'time_limit TASK_NAME SOFT [HARD]');
});

test('knows every command but the one that can crash a worker and the one that only workers say', () => {
  assert.equal(controlMethods.length, 30);
  assert.ok(!(controlMethods as readonly string[]).includes('election'));
  assert.ok(!(controlMethods as readonly string[]).includes('hello'));
});

test('has its arguments in an order that can be read: the required first, a plural last, no name twice', () => {
  for (const method of controlMethods) {
    const { positional, named, group, writes } = specOf(method);
    const required = positional.map(({ isRequired }) => isRequired === true);
    assert.deepEqual(
      required,
      required.toSorted((a, b) => Number(b) - Number(a)),
      method,
    );
    assert.ok(
      positional.slice(0, -1).every(({ kind }) => !isPlural(kind)),
      method,
    );
    const names = [...positional, ...named].map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, method);
    if (group === 'inspect') assert.equal(writes, false, method);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Invocation, parseArguments } from '../../../../server/faces/cli/parseArguments.ts';
import { UsageError } from '../../../../server/faces/cli/usageError.ts';

const run = (...argv: readonly string[]): Invocation & { kind: 'run' } => {
  const invocation = parseArguments(argv);
  assert.equal(invocation.kind, 'run');
  return invocation as Invocation & { kind: 'run' };
};

const refusal = (...argv: readonly string[]): string => {
  try {
    parseArguments(argv);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message;
  }
  assert.fail(`"${argv.join(' ')}" was understood`);
};

test('takes options before and after the command alike', () => {
  const wanted = { broker: 'redis://h/0', json: true, seconds: 3 };
  assert.deepEqual({ ...run('--broker', 'redis://h/0', '--json', '--seconds=3', 'snapshot').options }, wanted);
  assert.deepEqual({ ...run('snapshot', '--seconds', '3', '--json', '--broker=redis://h/0').options }, wanted);
  assert.deepEqual({ ...run('--seconds', '3', 'snapshot', '--json', '--broker', 'redis://h/0').options }, wanted);
});

test('gathers options that may be repeated and takes the last of the others', () => {
  const { options } = run('tasks', '--state', 'failure', '--state', 'RETRY', '--limit', '3', '--limit', '7');
  assert.deepEqual(options.state, ['FAILURE', 'RETRY']);
  assert.equal(options.limit, 7);
});

test('takes what follows -- as it is', () => {
  assert.deepEqual(run('task', '--', '--odd-id').args, ['--odd-id']);
});

test('tells help and version from commands', () => {
  assert.deepEqual(parseArguments(['--help']), { kind: 'help', command: null });
  assert.deepEqual(parseArguments(['-h']), { kind: 'help', command: null });
  assert.deepEqual(parseArguments(['help']), { kind: 'help', command: null });
  assert.deepEqual(parseArguments(['help', 'tasks']), { kind: 'help', command: 'tasks' });
  assert.deepEqual(parseArguments(['help', 'help']), { kind: 'help', command: null });
  assert.deepEqual(parseArguments(['task', '--help']), { kind: 'help', command: 'task' });
  assert.deepEqual(parseArguments(['--version']), { kind: 'version' });
});

test('names the command, option, state or column that was probably meant', () => {
  assert.equal(refusal('stauts'), 'Unknown command "stauts". Did you mean "status"?');
  assert.equal(refusal('help', 'taskz'), 'Unknown command "taskz". Did you mean "tasks"?');
  assert.equal(refusal('status', '--brokr', 'x'), 'Unknown option "--brokr". Did you mean "--broker"?');
  assert.equal(refusal('tasks', '--state', 'failed'), 'Unknown state "failed". Did you mean "FAILURE"?');
  assert.equal(refusal('tasks', '--state', 'running'), 'Unknown state "running". Did you mean "STARTED"?');
  assert.equal(refusal('tasks', '--sort', 'runtme'), 'Unknown sort column "runtme". Did you mean "runtime"?');
  assert.match(refusal('frobnicate'), /Commands: status, workers, failures, top, health, events, tasks/);
  assert.match(refusal('tasks', '--sort', 'xyzzy'), /Columns: updated, sent,/);
});

test('lets a state of the user’s own making pass', () => {
  assert.deepEqual(run('tasks', '--state', 'progress').options.state, ['PROGRESS']);
});

test('says which value is missing or wrong', () => {
  assert.equal(refusal('status', '--broker'), '--broker requires a value: --broker URL.');
  assert.equal(refusal('status', '--broker', '--json'), '--broker requires a value: --broker URL.');
  assert.equal(refusal('status', '--broker', ''), '--broker requires a value that is not empty.');
  assert.equal(refusal('status', '--json=yes'), '--json does not accept a value.');
  for (const bad of ['-1', '0', 'five', 'NaN', 'Infinity', '1e9', '']) {
    assert.match(refusal('snapshot', `--seconds=${bad}`), /^--seconds requires a number of seconds/);
  }
  for (const bad of ['0', '-3', '1.5', 'many', '9'.repeat(20)]) {
    assert.match(refusal('tasks', `--limit=${bad}`), /^--limit requires a positive integer/);
  }
  assert.match(refusal('tasks', '--sort', 'runtime:up'), /accepts :asc or :desc/);
});

test('sorts figures and times from the top and words from A, unless told otherwise', () => {
  assert.deepEqual(run('tasks', '--sort', 'runtime').options.sort, { column: 'runtime', descending: true });
  assert.deepEqual(run('tasks', '--sort', 'Name').options.sort, { column: 'name', descending: false });
  assert.deepEqual(run('tasks', '--sort', 'runtime:asc').options.sort, { column: 'runtime', descending: false });
  assert.deepEqual(run('tasks', '--sort', 'name:desc').options.sort, { column: 'name', descending: true });
});

test('refuses an option that belongs to another command', () => {
  assert.equal(refusal('replay', 'file', '--watch'), '"replay" has no option --watch.');
  assert.equal(refusal('--state', 'FAILURE', 'status'), '"status" has no option --state.');
});

test('refuses too few and too many arguments', () => {
  assert.match(refusal(), /^A command is missing/);
  assert.equal(
    refusal('replay'),
    '"replay" requires a file of recorded events (- for standard input): celeriac replay FILE.',
  );
  assert.equal(refusal('status', 'now'), '"status" does not accept the argument "now".');
  assert.equal(refusal('task', 'a', 'b'), '"task" does not accept the argument "b".');
});

test('does not repeat a password that was typed in the wrong place', () => {
  const secrets = [
    refusal('redis://:geheim@host/0'),
    refusal('status', 'redis://:geheim@host/0'),
    refusal('status', '--brokr=redis://:geheim@host/0'),
    refusal('status', '--json=redis://:geheim@host/0'),
    refusal('status', '--seconds=redis://:geheim@host/0'),
    refusal('status', '--transport-option', 'geheim'),
    refusal('help', 'redis://:geheim@host/0'),
    refusal('tasks', '--sort', 'redis://:geheim@host/0'),
    refusal('tasks', '--state', 'redis://:geheim@host/0', '--sort', 'nmae'),
  ];
  for (const sentence of secrets) assert.ok(!sentence.includes('geheim'), sentence);
});

test('an argument that has a default may be left out', () => {
  for (const typed of [['discover'], ['discover', 'shop']]) {
    const invocation = parseArguments(typed);
    assert.deepEqual(invocation.kind === 'run' && invocation.args, typed.slice(1));
  }
  assert.throws(() => parseArguments(['discover', 'a', 'b']));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  brokerConfiguration,
  eagerConfiguration,
  isTooLong,
  type TaskRun,
} from '../../../../extension/debug/launch/taskRun.ts';

const run: TaskRun = {
  app: {
    target: 'shop:app',
    folder: '/ws/src',
    file: '/ws/src/shop.py',
    line: 1,
    how: 'written',
    isDjango: false,
    isTest: false,
  },
  taskName: 'orders."x"',
  argsJson: '[12345678901234567890, 1.0]',
  kwargsJson: '{}',
  module: null,
};

test('a task is run with the numbers that it was given, not with those that JavaScript makes of them', () => {
  const { env, cwd, program } = eagerConfiguration(run, '/dist/runTask.py', '/ws');
  const order = Object(env).CELERIAC_TASK;
  assert.match(order, /"args":\[12345678901234567890, 1\.0\]/);
  assert.equal(JSON.parse(order).name, 'orders."x"');
  assert.deepEqual([cwd, program], ['${workspaceFolder}/src', '/dist/runTask.py']);
});

test('arguments that no environment variable holds are refused', () => {
  assert.equal(isTooLong(run), false);
  assert.equal(isTooLong({ ...run, argsJson: JSON.stringify(['ü'.repeat(65_000)]) }), true);
});

test('a worker for one task has a queue that bears its own name', () => {
  const { queues, workerName, pool } = brokerConfiguration(run, 'debug-7f3a', '/ws');
  assert.deepEqual([queues, workerName, pool], [['celeriac.debug-7f3a'], 'debug-7f3a@%h', 'solo']);
});

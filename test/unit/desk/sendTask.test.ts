import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTask, type WantedTask } from '../../../server/desk/sendTask.ts';

const now = Date.UTC(2030, 0, 31, 8);
const wanted: WantedTask = { name: 'shop.pay', args: [], kwargs: {}, queue: 'celery' };
const check = (more: Partial<WantedTask>) => checkTask({ ...wanted, ...more }, now);
const refuses = (more: Partial<WantedTask>, sentence: string): void =>
  assert.throws(() => check(more), { code: 'badRequest', message: sentence });

test('a time is a moment with its offset, or seconds from now', () => {
  assert.equal(check({ eta: '2030-01-31T09:30:00+01:00' }).eta, '2030-01-31T08:30:00.000Z');
  assert.equal(check({ eta: 90 }).eta, '2030-01-31T08:01:30.000Z');
  assert.equal(check({ eta: new Date(now + 1) }).eta, '2030-01-31T08:00:00.001Z');
  assert.equal('eta' in check({}), false);
  const example = 'must be a time with its offset, such as 2030-01-31T09:00:00+01:00, not';
  refuses({ eta: '2030-01-31T09:30:00' }, `"eta" ${example} "2030-01-31T09:30:00".`);
  refuses({ expires: 'soonZ' }, `"expires" ${example} "soonZ".`);
});

test('a task that would expire before it may run is refused, whoever sends it', () => {
  assert.equal(check({ eta: 60, expires: 61 }).expires, '2030-01-31T08:01:01.000Z');
  for (const times of [{ expires: 0 }, { eta: 60, expires: 60 }, { expires: '2030-01-31T07:59:59Z' }])
    refuses(times, 'The task would expire before it may run.');
});

test('a task without a name or a queue, or with a priority that no broker has, is refused', () => {
  refuses({ name: '' }, 'The name of the task is empty.');
  refuses({ queue: '' }, 'The name of the queue is empty.');
  for (const priority of [-1, 256, 1.5])
    refuses({ priority }, `"priority" must be between 0 and 255, not ${priority}.`);
  assert.equal(check({ priority: 0 }).priority, 0);
});

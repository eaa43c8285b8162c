import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Answers } from '../../../../server/faces/cli/answers.ts';

const never = new AbortController().signal;
const heartbeat = (hostname: string) => ({ type: 'worker-heartbeat', hostname });

/** Whether the promise has settled once everything that can run has run. */
const settled = async (work: Promise<unknown>): Promise<boolean> => {
  let done = false;
  work.then(() => {
    done = true;
  });
  for (let i = 0; i < 20; i++) await Promise.resolve();
  return done;
};

test('is complete as soon as every worker that was called has spoken', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const answers = new Answers();
  answers.note(heartbeat('a@h'));
  const complete = answers.complete(Promise.resolve(2), 2_000, never);
  assert.equal(await settled(complete), false);
  answers.note(heartbeat('a@h'));
  answers.note({ type: 'task-started', hostname: 'b@h' });
  answers.note({ type: 'worker-offline', hostname: 'b@h' });
  assert.equal(await settled(complete), false);
  answers.note(heartbeat('b@h'));
  assert.equal(await complete, 2);
  assert.equal(answers.count, 2);
});

test('does not wait when nobody was called, or when all have spoken already', async () => {
  assert.equal(await new Answers().complete(Promise.resolve(0), 60_000, never), 0);
  const answers = new Answers();
  answers.note(heartbeat('a@h'));
  assert.equal(await answers.complete(Promise.resolve(1), 60_000, never), 1);
});

test('gives up on silent workers after the time limit', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const complete = new Answers().complete(Promise.resolve(1), 2_000, never);
  assert.equal(await settled(complete), false);
  t.mock.timers.tick(1_999);
  assert.equal(await settled(complete), false);
  t.mock.timers.tick(1);
  assert.equal(await complete, 1);
});

test('waits for a quiet moment where the broker does not tell how many were called', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const answers = new Answers();
  const complete = answers.complete(Promise.resolve(null), 2_000, never);
  assert.equal(await settled(complete), false);
  t.mock.timers.tick(1_000);
  answers.note(heartbeat('a@h'));
  t.mock.timers.tick(200);
  answers.note(heartbeat('b@h'));
  t.mock.timers.tick(200);
  assert.equal(await settled(complete), false);
  // Who has spoken before does not prolong it.
  answers.note(heartbeat('a@h'));
  t.mock.timers.tick(100);
  assert.equal(await settled(complete), true);
});

test('ends at once when interrupted, and fails when nobody could be called', async () => {
  const interruption = new AbortController();
  const complete = new Answers().complete(Promise.resolve(1), 60_000, interruption.signal);
  interruption.abort();
  assert.equal(await complete, 1);
  await assert.rejects(
    new Answers().complete(Promise.reject(new Error('may not publish')), 1, never),
    /may not publish/,
  );
});

test('does not wait for a call that never goes out: for its time at most, and not when interrupted', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const neverSent = new Promise<number | null>(() => undefined);
  const complete = new Answers().complete(neverSent, 2_000, never);
  assert.equal(await settled(complete), false);
  t.mock.timers.tick(2_000);
  assert.equal(await complete, null);
  assert.equal(await new Answers().complete(neverSent, 2_000, AbortSignal.abort()), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GivenUp, until } from './until.ts';

test('answers what the probe has found', async () => {
  let asked = 0;
  assert.equal(await until('the third time', () => (++asked === 3 ? 'here' : undefined), 1000, 1), 'here');
});

test('names what it waited for when it gives up, and the last trouble', async () => {
  await assert.rejects(
    until('pigs fly', () => false, 20, 1),
    /in vain until pigs fly$/,
  );
  const trouble = () => {
    throw new Error('no wings');
  };
  await assert.rejects(until('pigs fly', trouble, 20, 1), /in vain until pigs fly: Error: no wings/);
});

test('does not wait for what can no longer come', async () => {
  const probe = () => {
    throw new GivenUp('it has died');
  };
  await assert.rejects(until('it lives', probe, 60_000), /^Error: it has died$/);
});

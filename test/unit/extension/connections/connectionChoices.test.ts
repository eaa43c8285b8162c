import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AutoConnect, ConnectionChoices } from '../../../../extension/connections/connectionChoices.ts';

const windows = (mode: AutoConnect) => {
  const kept = new Map<string, unknown>();
  const memory = {
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: (key: string, value: unknown) => kept.set(key, value),
  };
  return { open: () => new ConnectionChoices(memory, () => mode) };
};

test('by default all is opened but what was disconnected when the workspace was last open', () => {
  const workspace = windows('lastUsed');
  const choices = workspace.open();
  assert.ok(choices.wants('orders'));
  choices.say('orders', false);
  assert.ok(!choices.wants('orders'));
  assert.ok(choices.wants('mails'));
  const later = workspace.open();
  assert.ok(!later.wants('orders'));
  later.say('orders', true);
  assert.ok(workspace.open().wants('orders'));
});

test('"none" waits for the user each time, "all" opens also what was disconnected', () => {
  const none = windows('none');
  const choices = none.open();
  assert.ok(!choices.wants('orders'));
  choices.say('orders', true);
  assert.ok(choices.wants('orders'));
  assert.ok(!none.open().wants('orders'));
  const all = windows('all');
  all.open().say('orders', false);
  assert.ok(all.open().wants('orders'));
});

test('a connection that is gone is forgotten, so that another of its name is opened', () => {
  const workspace = windows('lastUsed');
  const choices = workspace.open();
  choices.say('orders', false);
  choices.forget('orders');
  assert.ok(choices.wants('orders'));
  assert.ok(workspace.open().wants('orders'));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planWrite, type Write } from '../../../../extension/commands/writePlan.ts';
import { aSnapshot } from '../../aSnapshot.ts';

const aWrite = (weight: Write['weight']): Write => ({
  title: 'Purge emails',
  consequence: 'Deletes 132 waiting messages.',
  action: 'Purge',
  weight,
});

const stepsOn = (environment: 'dev' | 'staging' | 'prod', weight: Write['weight']): string[] => {
  const plan = planWrite(aWrite(weight), aSnapshot({ environment }));
  assert.equal(plan.kind, 'ask');
  return plan.kind === 'ask' ? plan.steps.map(({ kind }) => kind) : [];
};

test('a change is confirmed more strictly the more there is to lose, and most of all in production', () => {
  assert.deepEqual(stepsOn('dev', 'plain'), []);
  assert.deepEqual(stepsOn('dev', 'confirmed'), ['choice']);
  assert.deepEqual(stepsOn('staging', 'modal'), ['dialog']);
  assert.deepEqual(stepsOn('prod', 'plain'), ['choice']);
  assert.deepEqual(stepsOn('prod', 'confirmed'), ['choice']);
  assert.deepEqual(stepsOn('prod', 'modal'), ['dialog', 'typed']);
});

test('a dialog names what, how much, the connection, its environment and its broker', () => {
  const plan = planWrite(aWrite('modal'), aSnapshot({ environment: 'staging' }));
  const [dialog] = plan.kind === 'ask' ? plan.steps : [];
  assert.deepEqual(dialog, {
    kind: 'dialog',
    message: 'Purge emails?',
    detail: ['Deletes 132 waiting messages.', 'Connection: orders (staging), redis://localhost:6379/0'],
    yes: 'Purge',
  });
});

test('in production it is the name of the connection that is typed', () => {
  const plan = planWrite(aWrite('modal'), aSnapshot({ environment: 'prod' }));
  const typed = plan.kind === 'ask' ? plan.steps[1] : undefined;
  assert.equal(typed?.kind === 'typed' && typed.name, 'orders');
});

test('a read-only connection refuses every change and says why', () => {
  const sentence = (environment: 'dev' | 'prod'): string => {
    const plan = planWrite(aWrite('plain'), aSnapshot({ environment, isReadOnly: true }));
    return plan.kind === 'refused' ? plan.sentence : assert.fail('It was not refused.');
  };
  assert.equal(sentence('dev'), 'Can\'t run "Purge emails": orders is read-only.');
  assert.equal(sentence('prod'), 'Can\'t run "Purge emails": orders is read-only (production).');
});

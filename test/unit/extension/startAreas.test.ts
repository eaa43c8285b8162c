import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Area, Parts } from '../../../extension/parts.ts';
import { startAreas } from '../../../extension/startAreas.ts';

/** Two areas with a command each; the second is loaded when it is needed. */
const started = () => {
  const happened: string[] = [];
  const area =
    (name: 'refresh' | 'sendTask') =>
    (_: Parts): Area =>
      ({
        commands: {
          [name]: async (target: unknown) => {
            happened.push(`${name} ${target}`);
          },
        },
        dispose: () => happened.push(`${name} disposed`),
      }) as unknown as Area;
  const areas = startAreas({} as Parts, [area('refresh')] as never, async () => {
    happened.push('loaded');
    return [area('sendTask')];
  });
  const run = (name: 'refresh' | 'sendTask', target: string): Promise<void> =>
    areas.commands[name](target as never) as Promise<void>;
  return { happened, run, dispose: () => areas.dispose() };
};

test('a late area is loaded by its first command, and once', async () => {
  const { happened, run } = started();
  await run('refresh', 'a');
  await Promise.all([run('sendTask', 'b'), run('sendTask', 'c')]);
  assert.deepEqual(happened, ['refresh a', 'loaded', 'sendTask b', 'sendTask c']);
});

test('late areas are disposed if they were loaded', async () => {
  const { happened, run, dispose } = started();
  await run('sendTask', 'b');
  dispose();
  await new Promise(setImmediate);
  assert.deepEqual(happened.slice(2).sort(), ['refresh disposed', 'sendTask disposed']);
  const unused = started();
  unused.dispose();
  assert.deepEqual(unused.happened, ['refresh disposed']);
});

test('a command that is called when the window closes starts no area', async () => {
  const { happened, run, dispose } = started();
  const called = run('sendTask', 'b');
  dispose();
  await assert.rejects(called, { code: 'cancelled' });
  assert.deepEqual(happened, ['loaded', 'refresh disposed']);
});

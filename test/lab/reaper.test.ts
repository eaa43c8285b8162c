import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Lab, until } from './lab.ts';
import { labTest } from './labTest.ts';
import { processIds } from './processes.ts';

/** A process that opens a lab with everything in it, says its folder, and waits to be ended. */
const victim = `
import { Lab } from ${JSON.stringify(fileURLToPath(new URL('lab.ts', import.meta.url)))};
const lab = await Lab.open();
const redis = await lab.redis();
const rabbit = await lab.rabbitmq();
const worker = await lab.worker({ broker: redis, concurrency: 2 });
const paused = await lab.worker({ broker: redis });
paused.pause();
console.log(lab.folder);
await new Promise(() => setInterval(() => {}, 1000));
`;

const startVictim = async () => {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', victim], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const folder of createInterface({ input: child.stdout })) return { child, folder };
  throw new Error('the victim ended before its lab was open');
};

/** Every process that was started by that lab, whatever group it is in by now. */
const survivors = (folder: string): string[] =>
  processIds()
    .map((pid) => ({ command: contentOf(`/proc/${pid}/cmdline`), environment: contentOf(`/proc/${pid}/environ`) }))
    .filter(({ command, environment }) => command.includes(folder) || environment.includes(`CELERIAC_LAB=${folder}`))
    .map(({ command }) => command.replaceAll('\0', ' '));

const contentOf = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

for (const signal of ['SIGKILL', 'SIGINT'] as const)
  labTest(`nothing remains of a lab whose process ends by ${signal}`, async (context) => {
    if (process.platform !== 'linux') return context.skip('needs /proc to see what remains');
    const { child, folder } = await startVictim();
    const started = survivors(folder);
    assert.ok(
      started.length >= 8,
      `redis, rabbitmq, epmd, two workers with children, the reaper: ${started.join('\n')}`,
    );
    child.kill(signal);
    await until('all its processes are gone', () => survivors(folder).length === 0, 20_000);
    assert.equal(existsSync(folder), false);
  });

labTest('close ends a busy worker and removes the folder', async () => {
  const lab = await Lab.open();
  const redis = await lab.redis();
  const worker = await lab.worker({ broker: redis });
  await lab.send({ broker: redis, task: 'lab.sleep', args: [600] });
  await until('the worker is busy', () => worker.output().includes('lab.sleep['));
  await lab.close();
  assert.deepEqual(survivors(lab.folder), []);
  assert.equal(existsSync(lab.folder), false);
});

labTest('closing twice is closing once', async () => {
  const lab = await Lab.open();
  await lab.close();
  await lab.close();
});

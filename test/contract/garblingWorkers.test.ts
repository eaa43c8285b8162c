import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Broker } from '../lab/broker.ts';
import type { Lab } from '../lab/lab.ts';
import { at, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';

const script = join(import.meta.dirname, 'garblingWorker.py');

const garbling = (lab: Lab, broker: Broker, kind: 'garbage' | 'ticket', name: string) =>
  lab.background({ broker, args: [script, kind, name], readyWhen: 'ready.' });

const isCalledByItsName = async (lab: Lab, broker: Broker): Promise<void> => {
  // First, because a worker that starts asks the others, and ends over an answer that it cannot read.
  await lab.worker({ broker, name: 'well', pool: 'solo' });
  await garbling(lab, broker, 'garbage', 'garbling@lab');
  const ask = () => celeriac(['inspect', 'ping', '--timeout', '3', ...at(broker)]);
  const first = await ask();
  assert.equal(first.code, 1, first.stderr);
  assert.match(first.stdout, /well@lab/);
  assert.match(first.stderr, /garbling@lab answered, but the answer cannot be read\. Check /);
  await garbling(lab, broker, 'ticket', 'astray@lab');
  const { code, stdout, stderr } = await ask();
  assert.equal(code, 1, stderr);
  assert.match(stdout, /well@lab/);
  assert.match(stderr, /astray@lab answered, but the answer cannot be read\. Check /);
  assert.match(
    stderr,
    /garbling@lab (?:did not answer|answered), (?:but|or) (?:its|the) answer cannot be read\. Check /,
  );
  assert.doesNotMatch(stderr, /overloaded|hangs|accept_content/);
};

describe('what workers answer and nobody can read', { concurrency: 1 }, () => {
  labTest('is called what it is, over Redis', async (lab) => isCalledByItsName(lab, await lab.redis()));
  labTest('is called what it is, over RabbitMQ', async (lab) => isCalledByItsName(lab, await lab.rabbitmq()));
  labTest('is called what it is, over the filesystem', async (lab) => isCalledByItsName(lab, await lab.filesystem()));
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe } from 'node:test';
import { LabLacks } from '../lab/labLacks.ts';
import { at, type CliOptions, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';

/** The device that is a full disk. */
const full = (): CliOptions => {
  if (!existsSync('/dev/full')) throw new LabLacks('there is no /dev/full here');
  return { output: '/dev/full' };
};

const sentence = 'celeriac: The output could not be written: the disk is full.\n';

describe('an output on a full disk', { concurrency: 2 }, () => {
  labTest('is told once and ends with 1, whatever needs no broker', async () => {
    const event = {
      type: 'worker-online',
      hostname: 'w@lab',
      timestamp: 1_700_000_000,
      utcoffset: 0,
      pid: 1,
      clock: 1,
    };
    const input = `${JSON.stringify(event)}\n`;
    const commands = [
      ['--version'],
      ['--help'],
      ['events', '--help'],
      ['discover', '.'],
      ['discover', '.', '--json'],
      ['replay', '-'],
      ['replay', '-', '--json'],
      ['tasks', '--from', '-', '--json'],
      ['export', 'alert-rules', '/tmp'],
    ];
    for (const command of commands) {
      const { code, stderr } = await celeriac(command, { ...full(), input });
      assert.equal(code, 1, command.join(' '));
      assert.ok(stderr.endsWith(sentence), `${command.join(' ')}: ${stderr}`);
      assert.equal(stderr.split(sentence).length, 2, stderr);
    }
  });

  labTest('is told once and ends with 1, whatever speaks to a broker', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const commands = [
      ['events'],
      ['events', '--json'],
      ['events', '--limit', '3'],
      ['events', '--json', '--seconds', '600'],
      ['status'],
      ['status', '--watch'],
      ['status', '--watch', '--json'],
      ['health'],
      ['queues', '--json'],
      ['inspect', 'ping'],
      ['inspect', 'stats', '--json'],
      ['snapshot', '--seconds', '0.5'],
      ['snapshot', '--json', '--seconds', '0.5'],
      ['serve', '--port', '0'],
    ];
    for (const command of commands) {
      const { code, stderr } = await celeriac([...command, ...at(broker)], full());
      assert.equal(code, 1, `${command.join(' ')}: ${stderr}`);
      assert.ok(stderr.endsWith(sentence), `${command.join(' ')}: ${stderr}`);
      assert.equal(stderr.split(sentence).length, 2, stderr);
    }
  });

  labTest('is told in one sentence where an export goes', async () => {
    full();
    const { code, stderr } = await celeriac(['export', 'alert-rules', '/dev/full/x']);
    assert.deepEqual(
      [code, stderr],
      [
        1,
        'celeriac: /dev/full/x/celery-alert-rules.yaml cannot be written: a file exists where its folder should be.\n',
      ],
    );
  });
});

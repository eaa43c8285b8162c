import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { freePort } from '../lab/freePort.ts';
import { CliProcess, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { startMuteServer } from './muteServer.ts';

/** Every command with a time limit, and what it answers when nobody can be asked. */
const limited: readonly (readonly [readonly string[], number])[] = [
  [['events', '--seconds', '0.5'], 1],
  [['events', '--json', '--seconds', '0.5', '--limit', '3'], 1],
  [['tasks', '--seconds', '0.5'], 1],
  [['task', 'abc', '--seconds', '0.5'], 1],
  [['snapshot', '--seconds', '0.5'], 1],
  [['status', '--seconds', '0.5'], 1],
  [['status', '--timeout', '0.5'], 1],
  [['health', '--timeout', '0.5'], 3],
  [['queues', '--timeout', '0.5'], 1],
  [['inspect', 'ping', '--timeout', '0.5'], 1],
  [['control', 'heartbeat', '--timeout', '0.5'], 1],
  [['revoke', 'abc', '--yes', '--timeout', '0.5'], 1],
  [['send', 'lab.echo', '--timeout', '0.5'], 1],
];

describe('a command with a time limit', { concurrency: 2 }, () => {
  for (const scheme of ['redis', 'amqp']) {
    labTest(`ends with a sentence where nothing listens, over ${scheme}`, async () => {
      const broker = `${scheme}://127.0.0.1:${await freePort()}`;
      for (const [command, expected] of limited) {
        const { code, stdout, stderr } = await celeriac([...command, '--broker', broker]);
        assert.deepEqual([code, stdout], [expected, ''], `${command.join(' ')}: ${stderr}`);
        assert.match(stderr, /^celeriac: Connection refused at 127\.0\.0\.1:\d+\./, command.join(' '));
      }
    });

    labTest(
      `ends with a sentence where the server takes the connection and is mute, over ${scheme}`,
      async (_lab, t) => {
        const mute = await startMuteServer();
        t.after(() => mute.close());
        const broker = `${scheme}://127.0.0.1:${mute.port}`;
        const run = ([command, expected]: (typeof limited)[number]) =>
          celeriac([...command, '--broker', broker]).then((ended) => ({
            command: command.join(' '),
            expected,
            ...ended,
          }));
        for (const { command, expected, code, stdout, stderr } of await Promise.all(limited.map(run))) {
          assert.deepEqual([code, stdout], [expected, ''], `${command}: ${stderr}`);
          assert.match(stderr, /^celeriac: \w+:\/\/127\.0\.0\.1:\d+ did not answer within 5 s\. .*\n$/, command);
        }
      },
    );
  }

  labTest('says which broker was away all the time it was told to listen', async () => {
    const broker = `redis://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await celeriac(['events', '--seconds', '0.5', '--broker', broker]);
    assert.equal(code, 1);
    assert.match(stderr, /celeriac: redis:\/\/127\.0\.0\.1:\d+ was not reachable within 500 ms\.\n$/);
  });

  labTest('listens as long as it was told from the moment on at which a broker comes up late', async (lab) => {
    const broker = await lab.redis();
    await broker.kill();
    const ended = celeriac(['events', '--json', '--seconds', '8', '--broker', broker.url]);
    await broker.start();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const { code, stdout } = await ended;
    assert.equal(code, 0);
    assert.match(stdout, /"type": ?"worker-/);
  });

  labTest('ends though the server hangs after it had answered', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    const events = new CliProcess(['events', '--seconds', '4', '--broker', broker.url]);
    await events.printed(/worker-/);
    broker.pause();
    const { code } = await events.ended;
    broker.resume();
    assert.equal(code, 0);
  });
});

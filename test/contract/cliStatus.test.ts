import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import type { Broker } from '../lab/broker.ts';
import { freePort } from '../lab/freePort.ts';
import type { Lab } from '../lab/lab.ts';
import { at, CliProcess, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';

interface Pong {
  readonly [hostname: string]: unknown;
}

/** What Celery itself says of the workers. */
const pingedBy = async (lab: Lab, broker: Broker): Promise<readonly string[]> => {
  const { stdout, code, stderr } = await lab.celery({ broker, args: ['inspect', 'ping', '--json'] });
  assert.equal(code, 0, stderr);
  return Object.keys(JSON.parse(stdout) as Pong).toSorted();
};

const showsItsWorkers = async (lab: Lab, broker: Broker): Promise<void> => {
  // One after the other: kombu's filesystem broker loses a mailbox when two workers make its table at the same moment.
  const one = await lab.worker({ broker, name: 'one', pool: 'solo' });
  const workers = [one, await lab.worker({ broker, name: 'two', pool: 'solo', events: false })];
  const status = await celeriac(['--json', 'status', ...at(broker)]);
  assert.equal(status.code, 0, status.stderr);
  const { workers: shown, broker: told } = JSON.parse(status.stdout);
  assert.deepEqual(Object.keys(shown).toSorted(), await pingedBy(lab, broker));
  for (const worker of workers) {
    assert.equal(shown[worker.hostname].status, 'online');
    assert.equal(shown[worker.hostname].software.version, worker.version);
    // Also before its first heartbeat, and of one that sends no events.
    for (const figure of ['active', 'processed', 'pid'])
      assert.equal(typeof shown[worker.hostname][figure], 'number', `${worker.hostname}: ${figure}`);
  }
  assert.equal(told.link.kind, 'live');
  const text = await celeriac(['status', ...at(broker)]);
  assert.match(text.stdout, /^one@lab +● online .* 5\.\d+\.\d+$/m);
  assert.match(text.stdout, /· 2 workers online$/m);
  assert.equal(text.stderr, '');
};

describe('celeriac status', { concurrency: 2 }, () => {
  labTest('shows the workers that Celery sees, on Redis', async (lab) => showsItsWorkers(lab, await lab.redis()));
  labTest('shows the workers that Celery sees, on RabbitMQ', async (lab) => showsItsWorkers(lab, await lab.rabbitmq()));
  labTest('shows the workers that Celery sees, on the filesystem', async (lab) =>
    showsItsWorkers(lab, await lab.filesystem()),
  );

  labTest('says that there is no worker, what to do, and exits with 3', async (lab) => {
    const broker = await lab.redis();
    const { code, stdout, stderr } = await celeriac(['status'], { env: { CELERY_BROKER_URL: broker.url } });
    assert.equal(code, 3);
    assert.match(stdout, /· no workers$/m);
    assert.equal(stderr, 'No worker is connected to this broker. Start one: celery -A YOUR_APP worker -E\n');
  });

  labTest('says how many did not answer in time', async (lab) => {
    const broker = await lab.redis();
    const [stopped] = await Promise.all([
      lab.worker({ broker, name: 'stopped', pool: 'solo' }),
      lab.worker({ broker, name: 'well', pool: 'solo' }),
    ]);
    stopped.pause();
    const { code, stderr, stdout } = await celeriac(['status', ...at(broker), '--timeout', '0.7']);
    stopped.resume();
    assert.equal(code, 0);
    assert.match(stdout, /^well@lab/m);
    assert.match(stderr, /^1 worker of 2 answered within 700 ms\./);
  });

  labTest('refuses at once, in one sentence and without the password, what cannot work', async (lab) => {
    const broker = await lab.redis({ password: 'right' });
    const wrong = broker.url.replace('right', 'geheim');
    const refusals: readonly (readonly [readonly string[], number, RegExp])[] = [
      [['status', '--broker', wrong], 1, /^celeriac: Redis at .* refused the password/],
      [['snapshot', '--broker', wrong, '--json'], 1, /refused the password/],
      [['tasks', '--broker', `redis://:geheim@127.0.0.1:${await freePort()}`], 1, /Connection refused at 127\.0\.0\.1/],
      [['status', '--broker', 'sqs://key:geheim@'], 1, /Amazon SQS/],
      [['status', '--broker', 'redsi://:geheim@h'], 1, /is not a broker of Celery/],
      [['status', '--broker', 'localhost'], 2, /is not a broker URL/],
      [['status', '--broker', 'redis://:geheim@h/words'], 2, /is not a Redis database/],
      [['stauts', '--broker', wrong], 2, /Did you mean "status"\?\nTry "celeriac --help"\.$/],
    ];
    for (const [args, code, sentence] of refusals) {
      const run = await celeriac(args);
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr.trim(), sentence);
      assert.equal(run.stdout, '');
      assert.ok(!run.stderr.includes('geheim'), run.stderr);
      assert.ok(run.stderr.trim().split('\n').length <= 2, run.stderr);
    }
  });

  labTest('follows a worker until it is interrupted, and leaves nothing behind', async (lab) => {
    const broker = await lab.redis();
    const worker = await lab.worker({ broker, name: 'w', pool: 'solo' });
    const watching = new CliProcess(['status', '--watch', '--json', ...at(broker)]);
    await watching.printed(/"w@lab":\{"hostname":"w@lab","status":"online"/);
    await worker.stop();
    await watching.printed(/"w@lab":\{"hostname":"w@lab","status":"offline"/);
    watching.kill('SIGINT');
    const { code, stdout, stderr } = await watching.ended;
    assert.deepEqual([code, stderr], [0, '']);
    for (const line of stdout.trim().split('\n')) assert.ok(JSON.parse(line).workers);
    assert.equal(await broker.cli(['pubsub', 'numpat']), '0');
  });

  labTest('draws in place on a terminal, and gives it back as it was', async (lab) => {
    const broker = await lab.redis();
    const watching = new CliProcess(['status', '--watch', ...at(broker)], { terminal: true });
    await watching.printed(/No worker has reported yet\. Start one: celery/);
    await lab.worker({ broker, name: 'w', pool: 'solo' });
    await watching.printed(/w@lab.*● online/);
    watching.press('\u0003');
    const { code, stdout } = await watching.ended;
    assert.equal(code, 0);
    const [first = '', drawn = '', ...after] = stdout
      .replaceAll('\u001b[?1049l', '\u001b[?1049h')
      .split('\u001b[?1049h');
    assert.equal(first, '');
    assert.ok(drawn.startsWith('\u001b[?25l') && drawn.endsWith('\u001b[?25h'), 'the cursor is hidden meanwhile');
    assert.ok(!drawn.includes('\u001b[2J'), 'nothing is blanked between two pictures');
    assert.equal(after.length, 1);
    assert.match(after[0] ?? '', /^\S*redis:.*1 worker online.*w@lab.*● online/s);
  });

  labTest('takes the address out of the list of processes', async (lab) => {
    const broker = await lab.redis({ password: 'geheim' });
    const watching = new CliProcess(['status', '--watch', '--broker', broker.url]);
    await watching.printed(/Redis/);
    const line = readFileSync(`/proc/${watching.pid}/cmdline`, 'utf8');
    watching.kill('SIGTERM');
    assert.equal((await watching.ended).code, 0);
    assert.match(line, /^celeriac status/);
    assert.ok(!line.includes('geheim'), line);
  });
});

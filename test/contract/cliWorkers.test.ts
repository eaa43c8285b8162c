import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import type { Broker } from '../lab/broker.ts';
import type { Lab } from '../lab/lab.ts';
import { until } from '../lab/until.ts';
import { at, CliProcess, celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

/** Longer than a test may last: whoever waited for it to the end would fail. */
const forEver = ['--timeout', '1000'];

/** One after the other: kombu's filesystem broker loses a mailbox when two workers make its table at the same moment. */
const twoWorkers = async (lab: Lab, broker: Broker) => {
  const one = await lab.worker({ broker, name: 'one' });
  return [one, await lab.worker({ broker, name: 'two', pool: 'solo' })] as const;
};

/** A sentence on a terminal, wherever its lines end. */
const wrapped = (sentence: string): RegExp =>
  new RegExp(
    sentence
      .split(' ')
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
  );
const onTerminal = { terminal: true, env: { NO_COLOR: '1' } };

const answersOnce = async (lab: Lab, broker: Broker): Promise<void> => {
  await twoWorkers(lab, broker);
  const ping = await celeriac(['inspect', 'ping', ...forEver, ...at(broker)]);
  assert.deepEqual([ping.code, ping.stderr], [0, '']);
  assert.equal(ping.stdout, 'WORKER   ANSWER\none@lab  pong\ntwo@lab  pong\n');
  const fitting = await celeriac(['inspect', 'ping', '-d', 't*', '--json', ...forEver, ...at(broker)]);
  assert.equal(fitting.stdout, '{"two@lab": {"ok": "pong"}}\n', fitting.stderr);
  const named = await celeriac(['inspect', 'ping', '-d', 'two@lab,one@lab', '--json', ...forEver, ...at(broker)]);
  assert.deepEqual(JSON.parse(named.stdout), { 'one@lab': { ok: 'pong' }, 'two@lab': { ok: 'pong' } }, named.stderr);
};

describe('celeriac inspect and control', { concurrency: 2 }, () => {
  labTest('end as soon as all have answered, on Redis', async (lab) => answersOnce(lab, await lab.redis()));
  labTest('end as soon as all have answered, on RabbitMQ', async (lab) => answersOnce(lab, await lab.rabbitmq()));
  labTest('end as soon as all have answered, on RabbitMQ with its management API', async (lab) =>
    answersOnce(lab, await lab.rabbitmq({ management: true })),
  );
  labTest('end as soon as all have answered, on the filesystem', async (lab) =>
    answersOnce(lab, await lab.filesystem()),
  );

  labTest('say who was meant, who is mute, who refused, and that nobody is there', async (lab) => {
    const broker = await lab.redis({ password: 'geheim' });
    const says = async (args: readonly string[], code: number, sentence: RegExp): Promise<void> => {
      const run = await celeriac([...args, ...at(broker)]);
      assert.match(run.stderr, sentence);
      assert.equal(run.code, code, run.stderr);
      assert.ok(!`${run.stdout}${run.stderr}`.includes('geheim'));
    };
    await says(
      ['inspect', 'ping', '--json', ...forEver],
      3,
      /^No worker is connected to this broker\. Start one: celery/,
    );
    const [, two] = await twoWorkers(lab, broker);
    await says(['inspect', 'pign'], 2, /^celeriac: Workers have no inspect command "pign"\. Did you mean "ping"\?/);
    await says(['inspect', 'revoke'], 2, /"revoke" belongs to "control": celeriac control revoke\./);
    await says(['control', 'election', '-y'], 2, /"election" can crash a worker, so it is never sent\./);
    await says(
      ['inspect', 'ping', '-d', 'on@lab', ...forEver],
      3,
      /^Unknown worker on@lab\. Did you mean "one@lab"\?$/m,
    );
    await says(
      ['control', 'pool_grow'],
      2,
      /^celeriac: "pool_grow" requires confirmation, and this is not a terminal\. Add --yes\.$/m,
    );
    await says(['control', 'autoscale', '3', '1', '-y'], 1, /^one@lab refused: Autoscale not enabled \(ValueError\)$/m);
    await says(
      ['control', 'rate_limit', 'lab.ecoh', '1/s', '-y'],
      1,
      /^The task "lab\.ecoh" is not registered at one@lab, two@lab\. Did you mean "lab\.echo"\?$/m,
    );
    await says(
      ['control', 'shutdown', '-d', 'twoo@lab', '-y'],
      2,
      /^celeriac: Unknown worker twoo@lab\. Did you mean "two@lab"\? Nothing was sent\.$/m,
    );
    two.pause();
    await says(
      ['inspect', 'ping', '--timeout', '0.5'],
      1,
      /^two@lab has a mailbox at the broker but did not answer: /m,
    );
    two.resume();
  });

  labTest('shut down those that fit, and no other', async (lab) => {
    const broker = await lab.redis();
    const [one, two] = await twoWorkers(lab, broker);
    const run = await celeriac([
      'control',
      'shutdown',
      '-d',
      'o*',
      '--yes',
      '--json',
      '--timeout',
      '30',
      ...at(broker),
    ]);
    assert.equal(run.stdout, '[{"one@lab": {"ok": "shut down"}}]\n', run.stderr);
    assert.equal(run.code, 0);
    await until('it has gone', () => !one.isRunning);
    assert.ok(two.isRunning);
  });

  labTest('ask on a terminal before anything changes', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one' });
    const limit = async (answer: string): Promise<CliProcess> => {
      const run = new CliProcess(['control', 'rate_limit', 'lab.echo', '7/m', ...at(broker)], onTerminal);
      await run.printed(wrapped('Send rate_limit (task_name=lab.echo, rate_limit=7/m) to every worker on'));
      await run.printed(/\[y\/N\]/);
      run.press(answer);
      return run;
    };
    const limits = async (): Promise<string> => (await celeriac(['inspect', 'registered', ...at(broker)])).stdout;
    const no = await (await limit('n\r')).ended;
    assert.equal(no.code, 1);
    assert.match(no.stdout, /Nothing was done\./);
    const interrupted = await (await limit('\u0003')).ended;
    assert.equal(interrupted.code, 130);
    assert.doesNotMatch(await limits(), /lab\.echo \[/);
    const yes = await (await limit('y\r')).ended;
    assert.equal(yes.code, 0, yes.stdout);
    assert.match(await limits(), /lab\.echo \[rate_limit=7\/m\]/);
  });

  labTest('show no password of a setting, and every setting', async (lab) => {
    const { url, cli: _cli, ...server } = await lab.redis({ password: 'geheim' });
    const broker = { ...server, url: `${url};${url}` };
    await lab.worker({ broker, name: 'one', resultBackend: url });
    for (const method of ['stats', 'conf', 'report']) {
      for (const json of [[], ['--json']]) {
        const run = await celeriac(['inspect', method, ...json, '--broker', url]);
        assert.equal(run.code, 0, run.stderr);
        assert.ok(!run.stdout.includes('geheim'), run.stdout);
      }
    }
    const stats = await celeriac(['inspect', 'stats', '--json', '--broker', url]);
    const [alternate] = JSON.parse(stats.stdout)['one@lab'].broker.alternates;
    assert.match(alternate, /^redis:\/\/:\*{8}@127\.0\.0\.1:\d+\/0$/);
  });

  labTest('leave the broker as it was, also when they are interrupted', async (lab) => {
    const broker = await lab.redis();
    const [, two] = await twoWorkers(lab, broker);
    const traces = async (): Promise<string> => {
      const [keys, patterns, channels] = await Promise.all([
        broker.cli(['keys', '*']),
        broker.cli(['pubsub', 'numpat']),
        broker.cli(['pubsub', 'channels']),
      ]);
      return [keys.split('\n').toSorted(), patterns, channels].join(' | ');
    };
    await celeriac(['inspect', 'ping', ...at(broker)]);
    const before = await traces();
    two.pause();
    const waiting = new CliProcess(['inspect', 'ping', ...forEver, ...at(broker)]);
    await until('it waits for replies', async () => (await traces()).includes('reply.celery.pidbox'));
    waiting.kill('SIGINT');
    assert.equal((await waiting.ended).code, 130);
    assert.deepEqual(await traces(), before);
    two.resume();
  });
});

/** The same on each broker: into a queue that nobody consumes and out of it again, and a revocation. */
const sendsAndPurges = async (lab: Lab, broker: Broker): Promise<void> => {
  await lab.worker({ broker, name: 'one' });
  const run = (...args: readonly string[]) => celeriac([...args, ...at(broker)]);
  for (const _ of [1, 2, 3]) assert.equal((await run('send', 'lab.echo', '-Q', 'default')).code, 0);
  const heap = () => run('send', 'lab.echo', '-Q', 'heaped', '--yes');
  const amqp = broker.url.startsWith('amqp');
  // RabbitMQ drops what no queue takes, and says so.
  if (amqp) await lab.send({ broker, task: 'lab.echo', queue: 'heaped' });
  else assert.equal((await heap()).code, 0);
  assert.equal((await heap()).code, 0);
  const [heaped] = JSON.parse((await run('queues', '-Q', 'heaped', '--json')).stdout);
  assert.equal(heaped.ready, 2);
  const [first, ...more] = JSON.parse((await run('queues', '--peek', 'heaped', '--json', '--limit', '5')).stdout);
  assert.deepEqual([first.name, first.problem, more.length], ['lab.echo', null, 1]);
  assert.deepEqual(JSON.parse((await run('purge', '-Q', 'heaped', '--yes', '--json')).stdout), { heaped: 2 });
  const revoked = await run('revoke', 'later', '--yes', '--json');
  assert.equal(revoked.stdout, `[{"one@lab": {"ok": "tasks {'later'} flagged as revoked"}}]\n`, revoked.stderr);
  assert.match((await run('inspect', 'revoked')).stdout, /^one@lab {2}1 revoked task\n {2}later$/m);
};

describe('celeriac send, result, revoke, queues and purge', { concurrency: 2 }, () => {
  labTest('do the same on RabbitMQ', async (lab) => sendsAndPurges(lab, await lab.rabbitmq()));
  labTest('do the same on the filesystem', async (lab) => sendsAndPurges(lab, await lab.filesystem()));

  labTest('send what a worker runs, and read what came of it', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one' });
    const run = (...args: readonly string[]) => celeriac([...args, ...at(broker)]);
    const args = '[1.0,12345678901234567890,"ü"]';
    const sent = await run('send', 'lab.echo', '--args', args, '-Q', 'default');
    assert.deepEqual([sent.code, sent.stderr], [0, '']);
    assert.match(sent.stdout, /^[0-9a-f-]{36}\n$/);
    const id = sent.stdout.trim();
    const result = await run('result', id, '--wait', '--json');
    assert.equal(result.code, 0, result.stderr);
    const { status, result: value, name, worker } = JSON.parse(result.stdout);
    assert.deepEqual([status, name, worker], ['SUCCESS', 'lab.echo', 'one@lab']);
    assert.equal(value.exactText, '[1.0, 12345678901234567890, "\\u00fc"]');
    const text = await run('result', id);
    assert.match(text.stdout, /^lab\.echo {2}\S+\nSUCCESS\n\nresult +\[1\.0, 12345678901234567890, /);
    const failing = JSON.parse((await run('send', 'lab.fail', '-Q', 'default', '--json', '--id', 'mine')).stdout);
    assert.deepEqual(failing, { id: 'mine', name: 'lab.fail', queue: 'default', eta: null, expires: null });
    const failed = await run('result', 'mine', '--wait');
    assert.equal(failed.code, 4);
    assert.match(failed.stdout, /FAILURE\n\nexception +lab_app\.LabError: as told\n/);
    const unknown = await run('result', 'nobody-knows');
    assert.equal(unknown.code, 3);
    assert.match(
      unknown.stderr,
      /^The result backend redis:\S+ has no result for task nobody-knows: the task has not finished/,
    );
  });

  labTest('refuse to send what nobody would run, unless it is meant', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one' });
    const run = (...args: readonly string[]) => celeriac(['send', ...args, ...at(broker)]);
    const slip = await run('lab.ecoh', '-Q', 'defualt');
    assert.deepEqual([slip.code, slip.stdout], [3, '']);
    assert.equal(
      slip.stderr,
      'celeriac: No worker has the task "lab.ecoh" registered. Did you mean "lab.echo" or "lab.retry"?\nceleriac: No worker consumes the queue "defualt". Did you mean "default"?\nNothing was sent. Add --force to send it anyway.\n',
    );
    const bare = await run('lab.echo');
    assert.match(bare.stderr, /No worker consumes the queue "celery"\. Workers consume default, emails, priority\./);
    assert.equal(await broker.cli(['exists', 'celery', 'defualt']), '0');
    const asked = new CliProcess(['send', 'lab.ecoh', '-Q', 'default', ...at(broker)], onTerminal);
    await asked.printed(wrapped('Did you mean "lab.echo" or "lab.retry"? Send lab.ecoh anyway? [y/N]'));
    asked.press('n\r');
    assert.equal((await asked.ended).code, 1);
    assert.equal((await run('lab.echo', '--force')).code, 0);
    assert.equal(await broker.cli(['llen', 'celery']), '1');
    assert.match(
      (await run('lab.echo', '--expires', '5', '--countdown', '6')).stderr,
      /would expire before it may run/,
    );
    assert.match(
      (await run('lab.echo', '--eta', '2030-01-01', '--countdown', '6')).stderr,
      /Use either --eta or --countdown/,
    );
  });

  labTest('revoke and end a task that runs, and say what became of each id', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one' });
    const run = (...args: readonly string[]) => celeriac([...args, ...at(broker)]);
    const [id = ''] = await lab.send({ broker, task: 'lab.until_file', args: [join(lab.folder, 'never'), 60] });
    await until('it runs', async () => (await run('inspect', 'active')).stdout.includes(id), 20_000, 200);
    assert.match((await run('revoke', id)).stderr, /A revocation requires confirmation/);
    assert.match((await run('revoke', id, '--signal', 'KILL', '--yes')).stderr, /--signal requires --terminate/);
    const gentle = await run('revoke', id, '--yes');
    assert.equal(gentle.stderr, `Task ${id} is running on one@lab and continues. Use --terminate to end it.\n`);
    const asked = new CliProcess(['revoke', id, 'other', '--terminate', ...at(broker)], onTerminal);
    await asked.printed(wrapped(`${id}: lab.until_file, active at one@lab other: not at any worker`));
    await asked.printed(wrapped('Revoke and terminate 2 tasks on'));
    await asked.printed(/\[y\/N\]/);
    asked.press('y\r');
    const revoked = await asked.ended;
    assert.equal(revoked.code, 0, revoked.stdout);
    assert.match(revoked.stdout, /one@lab +terminate: /);
    assert.match(revoked.stdout, wrapped('No worker has task other: it is waiting in a queue,'));
    const result = await run('result', id, '--wait', '--timeout', '20');
    assert.match(result.stdout, /REVOKED/);
    assert.equal(result.code, 4);
  });

  labTest('revoke all that match a query, after they were counted and shown', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'one', concurrency: 1, queues: ['default'] });
    const run = (...args: readonly string[]) => celeriac([...args, ...at(broker)]);
    assert.match((await run('revoke')).stderr, /requires a task id or --query QUERY/);
    assert.match((await run('revoke', '--query', 'stat:x', '--yes')).stderr, /Unknown field "stat"/);
    const served = await Served.start(broker, ['--allow-write']);
    const server = `http://127.0.0.1:${served.port}`;
    const through = (...args: readonly string[]) => celeriac([...args, '--server', server]);
    const listeners = async () => (await broker.cli(['client', 'list'])).match(/ psub=[1-9]/g)?.length ?? 0;
    await until('the server and the worker listen', async () => (await served.ask('/readyz')).status === 200);
    const before = await listeners();
    const dry = new CliProcess(['revoke', '--query', 'name:lab.sleep', '--dry-run', '--seconds', '6', ...at(broker)]);
    await until('it listens', async () => (await listeners()) > before);
    await Promise.all([
      lab.send({ broker, task: 'lab.sleep', args: [600], queue: 'default', count: 4 }),
      lab.send({ broker, task: 'lab.echo', queue: 'default', count: 2 }),
    ]);
    const shown = await dry.ended;
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stderr, /4 matching tasks that have not finished in 6 s of listening\. Nothing was revoked\./);
    assert.equal(shown.stdout.match(/lab\.sleep/g)?.length, 4);
    const done = await through('revoke', '--query', 'name:lab.sleep', '--rate', '5/s', '--yes');
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stderr, /Revoked 4 tasks\.\n$/);
    const revoked = JSON.parse((await run('inspect', 'revoked', '--json')).stdout);
    assert.equal(revoked['one@lab'].length, 4);
    assert.equal(await served.stop(), 0);
  });

  labTest(
    'retry and export all that match a query or a saved filter, after they were counted and shown',
    async (lab) => {
      const broker = await lab.redis();
      await lab.worker({ broker, name: 'one', concurrency: 1, queues: ['default'] });
      const served = await Served.start(broker, ['--allow-write']);
      const server = `http://127.0.0.1:${served.port}`;
      writeFileSync(
        join(lab.folder, 'pyproject.toml'),
        '[tool.celeriac.filters]\nlost-orders = "name:lab.fail exception:*stock*"\nbroken = "stat:x"\n',
      );
      const run = (...args: readonly string[]) => celeriac([...args, '--server', server], { cwd: lab.folder });
      await until('it listens', async () => (await served.ask('/readyz')).status === 200);
      await Promise.all([
        lab.send({ broker, task: 'lab.fail', args: ['no stock'], queue: 'default', count: 3 }),
        lab.send({ broker, task: 'lab.fail', args: ['other'], queue: 'default' }),
      ]);
      const failed = async () => (await served.json('/api/v1/tasks?state=FAILURE')).body.matching;
      await until('all have failed', async () => (await failed()) === 4);
      assert.match((await run('retry')).stderr, /requires --query QUERY or --filter NAME/);
      assert.match(
        (await run('retry', '--filter', 'lost-order', '--yes')).stderr,
        /No filter "lost-order" found\. Did you mean "lost-orders"/,
      );
      const dry = await run('retry', '--filter', 'lost-orders', '--dry-run');
      assert.match(
        dry.stderr,
        /pyproject\.toml: the filter "broken" is ignored: Query, character 1: Unknown field "stat"/,
      );
      assert.match(dry.stderr, /3 matching tasks that did not succeed in the memory of http.*Nothing was sent\./);
      assert.equal(await failed(), 4);
      const file = join(lab.folder, 'failed.csv');
      const exported = await run('export', 'tasks', file, '--filter', 'lost-orders');
      assert.equal(exported.code, 0, exported.stderr);
      const rows = readFileSync(file, 'utf8');
      assert.match(rows, /^uuid,name,state,/);
      assert.equal(rows.match(/^[\w-]+,lab\.fail,FAILURE,/gm)?.length, 3);
      assert.match((await run('export', 'tasks', file, '--query', 'state:FAILURE')).stderr, /exists/);
      const retried = await run('retry', '--filter', 'lost-orders', '--rate', '50/s', '--yes');
      assert.equal(retried.code, 0, retried.stderr);
      assert.match(retried.stderr, /Sent 3 tasks again\.\n$/);
      await until('they have failed once more', async () => (await failed()) === 7);
      const id = retried.stdout.trim().split('\n').at(-1);
      assert.match((await served.json(`/api/v1/tasks/${id}`)).body.exception, /no stock/);
      assert.equal(await served.stop(), 0);
    },
  );

  labTest('tell how full queues are, and empty only those that were named', async (lab) => {
    const broker = await lab.redis();
    const run = (...args: readonly string[]) => celeriac([...args, ...at(broker)]);
    assert.equal((await run('queues')).code, 3);
    await lab.worker({ broker, name: 'one', queues: ['emails', 'default'] });
    for (const [queue, count] of [
      ['heaped', 3],
      ['other', 2],
    ] as const) {
      await lab.send({ broker, task: 'lab.echo', args: [1], queue, count });
    }
    const all = await run('queues');
    assert.match(all.stdout, /^QUEUE +READY +UNACKED +WORKERS$/m);
    assert.match(all.stdout, /^emails +0 +0 +one@lab$/m);
    const [heaped] = JSON.parse((await run('queues', '-Q', 'heaped', '--json')).stdout);
    assert.deepEqual([heaped.name, heaped.ready, heaped.workers], ['heaped', 3, []]);
    const slip = await run('queues', '-Q', 'emials');
    assert.deepEqual([slip.code, slip.stderr], [3, 'No queue "emials" found. Did you mean "emails"?\n']);
    assert.match((await run('purge', '-Q', 'heaped')).stderr, /A purge requires confirmation/);
    const missing = await run('purge', '-Q', 'heaped,emials', '--yes');
    assert.equal(missing.code, 3);
    assert.match(
      missing.stderr,
      /The queue "emials" is empty or does not exist\. Did you mean "emails"\?\nNothing was deleted\.$/m,
    );
    const asked = new CliProcess(['purge', '-Q', 'heaped', '-Q', 'other', ...at(broker)], onTerminal);
    await asked.printed(
      /Delete 3 messages from heaped and 2 from other on redis:\S+\?\s+This cannot\s+be\s+undone\. \[y\/N\]/,
    );
    assert.equal(await broker.cli(['llen', 'heaped']), '3');
    asked.press('y\r');
    assert.match((await asked.ended).stdout, /heaped +3\r\nother +2/);
    assert.equal(await broker.cli(['exists', 'heaped', 'other']), '0');
    assert.equal((await run('purge', '-Q', 'default', '--yes', '--json')).stdout, '{"default":0}\n');
  });
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { celeriac } from './cliProcess.ts';
import { labTest } from './labTest.ts';
import { Served, samplesIn } from './served.ts';

describe('celeriac serve', { concurrency: 2 }, () => {
  labTest('answers what Celery itself answers about workers, tasks and queues', async (lab) => {
    const broker = await lab.redis({ password: 'geheim' });
    const worker = await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const served = await Served.start(broker);
    const done = join(lab.folder, 'done');
    const [running = ''] = await lab.send({ broker, task: 'lab.until_file', args: [done], queue: 'default' });
    await until('it runs', async () => (await served.json(`/api/v1/tasks/${running}`)).body.state === 'STARTED');
    const waiting = await lab.send({ broker, task: 'lab.echo', args: [1], queue: 'default', count: 7 });

    const tasks = (await served.json('/api/celery/tasks/')).body;
    const active = JSON.parse((await lab.celery({ broker, args: ['inspect', 'active', '--json'] })).stdout);
    assert.deepEqual(tasks.running, [
      {
        worker: 'w@lab',
        task_name: 'lab.until_file',
        task_id: running,
        time_start: active['w@lab'][0].time_start,
      },
    ]);
    assert.equal(tasks.running_count, 1);
    assert.deepEqual((await served.json('/api/celery/stats')).body.by_task_name, {
      'lab.until_file': { running: 1, scheduled: 0 },
    });
    await until('the queue is known', async () => {
      const { queues } = (await served.json('/api/v1/queues')).body;
      // The one that runs was acknowledged when it began.
      return queues[0]?.name === 'default' && queues[0].ready + queues[0].unacked === 7;
    });
    const [aged] = (await served.json('/api/v1/queues')).body.queues;
    assert.ok(aged.ageSeconds >= 0 && Math.abs(Date.now() - aged.ageSeconds * 1_000 - aged.updatedAt) < 10_000);
    assert.equal((await served.json('/api/v1/workers')).body.workers[0].hostname, worker.hostname);
    assert.equal((await served.json('/api/v1/workers/nobody@lab')).status, 404);

    writeFileSync(done, '');
    await until('all are done', async () => {
      const { body } = await served.json('/api/v1/tasks?state=SUCCESS&limit=5');
      return body.matching === 8 && body.tasks.length === 5 && body.nextCursor !== null;
    });
    const page = (await served.json('/api/v1/tasks?name=lab.e*&sort=runtime&order=asc')).body;
    assert.deepEqual(page.tasks.map(({ id }: { id: string }) => id).toSorted(), waiting.toSorted());
    assert.equal((await served.json('/api/v1/performance?task_name=lab.echo')).body.windows[0].succeeded, 7);

    const first = await served.ask('/api/v1/tasks?limit=1');
    const again = await served.ask('/api/v1/tasks?limit=1', {
      headers: { 'if-none-match': String(first.headers['etag']) },
    });
    assert.deepEqual([again.status, again.text], [304, '']);
    for (const path of ['/api/v1/health', '/api/v1/workers', '/metrics', '/readyz', '/api/v1/openapi.json'])
      assert.ok(!(await served.ask(path)).text.includes('geheim'), path);
    assert.equal(await served.stop(), 0);
    assert.equal(served.process.stderr, '');
  });

  labTest('counts what happened for Prometheus, in names that its own tools accept', async (lab) => {
    const broker = await lab.redis();
    const worker = await lab.worker({ broker, name: 'w', concurrency: 2, queues: ['default'] });
    const [own, exporter, flower] = await Promise.all([
      Served.start(broker),
      Served.start(broker, ['--compat', 'celery-exporter', '--generic-hostname-task-sent-metric']),
      Served.start(broker, ['--compat', 'flower']),
    ]);
    await until('all listen', async () =>
      (await Promise.all([own, exporter, flower].map((each) => each.ask('/readyz')))).every(
        ({ status }) => status === 200,
      ),
    );
    // From then on it is known which queue the worker consumes, also for events that do not name it.
    for (const each of [own, exporter])
      await until('the queue is known', async () => (await each.ask('/metrics')).text.includes('"default"'));
    await lab.send({ broker, task: 'lab.echo', queue: 'default', count: 5 });
    await lab.send({ broker, task: 'lab.fail', queue: 'default', count: 2 });
    const samples = async (served: Served) => samplesIn((await served.ask('/metrics')).text);
    const shows = (served: Served, name: string, value: number) =>
      until(`${name} is ${value}`, async () => (await samples(served)).get(name) === value);

    await shows(own, 'celery_tasks_total{state="SUCCESS"}', 5);
    await shows(own, 'celery_tasks_total{state="FAILURE"}', 2);
    await shows(own, 'celery_tasks_total{state="RETRY"}', 0);
    await shows(own, 'celery_workers_active', 1);
    await shows(own, 'celery_queue_length{queue="default"}', 0);
    const ours = await samples(own);
    assert.equal(ours.get('celery_task_duration_seconds_count{task="lab.echo",queue="default"}'), 5);
    assert.equal(ours.get('celery_task_wait_time_seconds_count{task="lab.fail",queue="default"}'), 2);

    const where = 'name="lab.echo",hostname="lab",queue_name="default"';
    await shows(exporter, `celery_task_succeeded_total{${where}}`, 5);
    await shows(
      exporter,
      'celery_task_failed_total{name="lab.fail",hostname="lab",exception="LabError",queue_name="default"}',
      2,
    );
    await shows(exporter, `celery_task_runtime_count{${where}}`, 5);
    await shows(exporter, `celery_task_queue_wait_time_count{${where}}`, 5);
    await shows(exporter, `celery_task_sent_total{${where.replace('"lab",', '"generic",')}}`, 5);
    await shows(exporter, 'celery_worker_up{hostname="lab"}', 1);
    await shows(exporter, 'celery_active_process_count{queue_name="default"}', 2);
    await shows(flower, 'flower_events_total{worker="w@lab",type="task-succeeded",task="lab.echo"}', 5);
    await shows(flower, 'flower_task_runtime_seconds_count{worker="w@lab",task="lab.echo"}', 5);
    await shows(flower, 'flower_worker_online{worker="w@lab"}', 1);

    // Two names of that exporter are not to the taste of promtool; they are kept, for they are what its dashboards ask for.
    const disliked = /^(celery_active_(process|worker|consumer)_count non-histogram .*\n)*$/;
    for (const served of [own, exporter, flower]) {
      const { stderr } = await lab.promtool(['check', 'metrics'], (await served.ask('/metrics')).text);
      assert.match(stderr, served === exporter ? disliked : /^$/);
    }
    const accept = 'application/openmetrics-text; version=1.0.0';
    const open = await own.ask('/metrics', { headers: { accept } });
    assert.match(String(open.headers['content-type']), /^application\/openmetrics-text/);
    assert.ok(open.text.includes('# TYPE celery_tasks counter\n') && open.text.endsWith('# EOF\n'));

    const prometheus = await lab.prometheus({ target: `127.0.0.1:${own.port}` });
    await until(
      'it was scraped',
      async () => {
        const { result } = (await prometheus.get('query?query=celery_tasks_total')) as {
          result: { metric: { state: string }; value: [number, string] }[];
        };
        return result.find(({ metric }) => metric.state === 'SUCCESS')?.value[1] === '5';
      },
      30_000,
    );
    await worker.stop();
    await shows(own, 'celery_workers_active', 0);
    await Promise.all([own, exporter, flower].map((each) => each.stop()));
  });

  labTest('says why the broker is away, and that it is back', async (lab) => {
    const broker = await lab.redis();
    const served = await Served.start(broker);
    await until('it is ready', async () => (await served.ask('/readyz')).status === 200);
    await broker.kill();
    await until('it is not ready', async () => {
      const { status, body } = await served.json('/readyz');
      return status === 503 && /Redis/.test(body.reason);
    });
    assert.equal((await served.ask('/livez')).status, 200);
    const health = await served.json('/api/v1/health');
    assert.equal(health.status, 503);
    assert.equal((await served.json('/api/celery/health/')).status, 503);
    const queues = await served.json('/api/v1/queues');
    assert.deepEqual([queues.status, queues.body.code], [503, 'brokerUnreachable']);
    assert.equal(samplesIn((await served.ask('/metrics')).text).get('celery_broker_up'), 0);
    await broker.start();
    await until('it is ready again', async () => (await served.ask('/readyz')).status === 200, 60_000);
    assert.equal(await served.stop(), 0);
  });

  labTest('changes nothing unless that was allowed, and then tells what each worker answered', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const reading = await Served.start(broker);
    const refused = await reading.json('/api/v1/control/ping', { method: 'POST', body: {} });
    assert.deepEqual([refused.status, refused.body.code], [403, 'readOnly']);

    const writing = await Served.start(broker, ['--allow-write']);
    await until('it is ready', async () => (await writing.ask('/readyz')).status === 200);
    const post = (path: string, body: unknown) => writing.json(path, { method: 'POST', body });
    const pong = await post('/api/v1/control/ping', {});
    assert.deepEqual(pong.body.replies, [{ kind: 'answered', hostname: 'w@lab', value: { ok: 'pong' } }]);
    const slots = async (): Promise<number | null> => {
      const params = { clusterId: 'cli', from: Date.now() - 60_000, filter: null };
      const path = `/page/ask/dashboard?params=${encodeURIComponent(JSON.stringify(params))}`;
      return (await writing.json(path)).body.workers?.[0]?.slots ?? null;
    };
    await until('the worker was asked for its slots', async () => (await slots()) === 1);
    const grown = await post('/api/v1/control/pool_grow', { arguments: { n: 2 } });
    assert.equal(grown.body.replies?.[0].kind, 'answered', JSON.stringify(grown.body));
    await until('Celery says that it has grown', async () => {
      const stats = JSON.parse((await lab.celery({ broker, args: ['inspect', 'stats', '--json'] })).stdout);
      return stats['w@lab'].pool.processes.length === 3;
    });
    await until('the dashboard shows the new slots', async () => (await slots()) === 3);
    const bad = await post('/api/v1/control/pool_grow', { arguments: { n: 'many' } });
    assert.deepEqual([bad.status, bad.body.title], [400, 'Bad Request']);

    const sent = await post('/api/v1/tasks', { name: 'lab.echo', args: [42], queue: 'default' });
    assert.equal(sent.status, 202);
    await until('it ran', async () => (await writing.json(`/api/v1/tasks/${sent.body.id}`)).body.state === 'SUCCESS');
    const running = await post('/api/v1/tasks', { name: 'lab.sleep', args: [60], queue: 'default' });
    await until(
      'it runs',
      async () => (await writing.json(`/api/v1/tasks/${running.body.id}`)).body.state === 'STARTED',
    );
    await post(`/api/v1/tasks/${running.body.id}/revoke`, { terminate: true });
    await until(
      'it was ended',
      async () => (await writing.json(`/api/v1/tasks/${running.body.id}`)).body.state === 'REVOKED',
    );
    await lab.send({ broker, task: 'lab.echo', queue: 'nobody', count: 3 });
    assert.deepEqual((await post('/api/v1/queues/nobody/purge', {})).body, { purged: 3 });
    await Promise.all([reading.stop(), writing.stop()]);
  });

  labTest('turns away strangers, lured browsers and malformed requests, each with a sentence', async (lab) => {
    const broker = await lab.filesystem();
    const token = 'a-token-of-some-length';
    const served = await Served.start(broker, ['--allow-write'], { CELERIAC_TOKEN: token });
    const authorization = `Bearer ${token}`;
    const status = async (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
      (await served.ask(path, { headers, method })).status;
    assert.equal(await status('/api/v1/workers'), 401);
    assert.equal(await status('/api/v1/workers', { authorization: 'Bearer wrong' }), 401);
    assert.equal(await status('/api/v1/workers', { authorization }), 200);
    assert.equal(await status('/metrics'), 401);
    assert.equal(await status('/livez'), 200);
    assert.equal(await status('/livez', { host: 'evil.example' }), 403);
    assert.equal(await status('/api/v1/workers', { authorization, origin: 'https://evil.example' }), 403);
    assert.equal(await status('/api/v1/workers', { authorization, origin: `http://127.0.0.1:${served.port}` }), 200);
    assert.equal(await status('/nothing', { authorization }), 404);
    assert.equal(await status('/livez', { authorization }, 'DELETE'), 405);
    for (const path of [
      '/api/v1/tasks?limit=0',
      '/api/v1/tasks?stat=FAILURE',
      '/api/v1/tasks?cursor=nonsense',
      '/api/v1/tasks?sort=colour',
    ]) {
      const { status: code, body } = await served.json(path, { headers: { authorization } });
      assert.equal(code, 400, path);
      assert.match(body.detail, /^[A-Z"].*\.$/s, path);
    }
    const asForm = await served.json('/api/v1/control/ping', { method: 'POST', headers: { authorization } });
    assert.equal(asForm.status, 400);
    const large = await served.json('/api/v1/control/ping', {
      method: 'POST',
      headers: { authorization },
      body: { arguments: { text: 'x'.repeat(2 * 1024 * 1024) } },
    });
    assert.equal(large.status, 413);
    assert.equal(await served.stop(), 0);

    const open = await celeriac(['serve', '--host', '0.0.0.0', '--broker', 'redis://localhost:1']);
    assert.equal(open.code, 2);
    assert.match(open.stderr, /--token-file/);
  });

  labTest(
    'streams events, and is not held up by those who do not read them or who ask a thousand times',
    async (lab) => {
      const broker = await lab.redis();
      await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
      const served = await Served.start(broker);
      await until('it is ready', async () => (await served.ask('/readyz')).status === 200);
      let text = '';
      const reader = get(
        { port: served.port, host: '127.0.0.1', path: '/api/v1/events?type=task-succeeded' },
        (reply) => {
          reply.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          reply.on('error', () => undefined);
        },
      );
      reader.on('error', () => undefined);
      const deaf = get({ port: served.port, host: '127.0.0.1', path: '/api/v1/events' }, (reply) => {
        reply.pause();
        reply.on('error', () => undefined);
      });
      deaf.on('error', () => undefined);
      await until('the stream is open', () => text.startsWith(':'));
      const kwargs = { password: 'geheim', card: 'visible' };
      const [id = ''] = await lab.send({ broker, task: 'lab.echo', kwargs, queue: 'default' });
      await until('the event came', () => text.includes(id));
      assert.ok(text.includes('visible') && !text.includes('geheim'), text);
      assert.match(text, /^id: \d+\nevent: task-succeeded\ndata: \{.*"uuid"/m);
      assert.ok(!text.includes('event: task-started'));
      for (let round = 0; round < 20; round++) {
        const scrapes = await Promise.all(Array.from({ length: 50 }, () => served.ask('/metrics')));
        assert.ok(scrapes.every(({ status }) => status === 200));
      }
      reader.destroy();
      deaf.destroy();
      assert.equal(await served.stop(), 0);
    },
  );
});

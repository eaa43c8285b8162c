import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import { until } from '../lab/until.ts';
import { labTest } from './labTest.ts';
import { schemaDefects } from './schemaDefects.ts';
import { Served } from './served.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: object }>> }>>;
}

const bodies: Readonly<Record<string, unknown>> = {
  '/api/v1/tasks': { name: 'lab.echo', args: [1], queue: 'nobody' },
};

describe('the description of celeriac serve', () => {
  labTest('tells of every answer that a living cluster gives', async (lab) => {
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const served = await Served.start(broker, ['--allow-write', '--history', join(lab.folder, 'kept')]);
    await until('it is ready', async () => (await served.ask('/readyz')).status === 200);
    const [failed = ''] = await lab.send({ broker, task: 'lab.fail', queue: 'default' });
    await lab.send({ broker, task: 'lab.retry', args: [1], queue: 'default' });
    await lab.send({ broker, task: 'lab.sleep', args: [300], queue: 'default' });
    await lab.send({ broker, task: 'lab.echo', queue: 'default', options: { countdown: 600 }, count: 2 });
    await until('there is something to tell of everything', async () => {
      const running = (await served.json('/api/celery/tasks/')).body;
      const queues = (await served.json('/api/v1/queues')).body.queues;
      const groups = (await served.json('/api/v1/failures')).body.failures;
      return running.running.length === 1 && running.scheduled.length > 0 && queues.length > 0 && groups.length > 0;
    });

    const { body: description } = await served.json('/api/v1/openapi.json');
    assert.equal(description.openapi, '3.1.0');
    const values: Readonly<Record<string, string>> = { id: failed, hostname: 'w@lab', method: 'ping', name: 'nobody' };
    const operations = Object.entries<Record<string, Operation>>(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    const ids = operations.map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    const told: string[] = [];
    for (const { path, method, operation } of operations) {
      if (path === '/api/v1/events') continue;
      const address = path.replace(/\{(\w+)\}/, (_all, name: string) => encodeURIComponent(values[name] ?? 'x'));
      const body = operation.requestBody === undefined ? {} : { body: bodies[path] ?? {} };
      const reply = await served.ask(address, { method: method.toUpperCase(), ...body });
      const [type, content] = Object.entries(operation.responses[String(reply.status)]?.content ?? {})[0] ?? [];
      assert.ok(reply.status < 300 || reply.status === 503, `${method} ${path}: ${reply.status} ${reply.text}`);
      assert.ok(type && String(reply.headers['content-type']).startsWith(type), `${method} ${path}: ${type}`);
      if (!content || type !== 'application/json') continue;
      assert.deepEqual(
        schemaDefects(JSON.parse(reply.text), { ...content.schema }, description.components.schemas),
        [],
        path,
      );
      if ('$ref' in content.schema) {
        assert.ok(String(reply.headers['link']).includes(`${content.schema['$ref']}>`), path);
        told.push(path);
      }
    }
    assert.ok(told.length >= 20, told.join());

    const missing = await served.json('/api/v1/workers/nobody@lab');
    assert.deepEqual(schemaDefects(missing.body, description.components.schemas.Problem, {}), []);
    const groups = await served.json('/api/v1/performance?task_name=lab.fail');
    assert.deepEqual(
      schemaDefects(groups.body, description.components.schemas.GroupStats, description.components.schemas),
      [],
    );
    // The check itself is no rubber stamp.
    const bent = { ...groups.body, windows: 'none', extra: 1 };
    const defects = schemaDefects(bent, description.components.schemas.GroupStats, description.components.schemas);
    assert.deepEqual(defects, ['it.windows is string, not array', 'it.extra is not described']);
    assert.equal(await served.stop(), 0);
  });
});

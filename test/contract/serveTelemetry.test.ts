import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext } from 'node:test';
import { until } from '../lab/until.ts';
import { labTest } from './labTest.ts';
import { Served } from './served.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly status: { readonly code: number; readonly message?: string };
}

/** A receiver of OTLP that keeps what it gets. */
const openReceiver = async (t: TestContext) => {
  const posts: { path: string; headers: Readonly<Record<string, unknown>>; body: string }[] = [];
  let status = 200;
  const server = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    posts.push({ path: message.url ?? '', headers: message.headers, body });
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    answer: (code: number) => {
      status = code;
    },
    spans: (): Span[] =>
      posts
        .filter(({ path }) => path === '/v1/traces')
        .flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans),
  };
};

describe('celeriac serve --otlp', () => {
  labTest('sends a trace for each workflow, and metrics, and lives on when nobody takes them', async (lab, t) => {
    const receiver = await openReceiver(t);
    const broker = await lab.redis();
    await lab.worker({ broker, name: 'w', concurrency: 1, queues: ['default'] });
    const served = await Served.start(broker, ['--otlp', receiver.url], {
      OTEL_SERVICE_NAME: 'shop',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=a%20b',
    });
    await until('it is ready', async () => (await served.ask('/readyz')).status === 200);
    const chain = `
from celery import chain
from lab_app import app
echo = app.signature("lab.echo", args=(1,)).set(queue="default")
print(chain(echo, app.signature("lab.retry", args=(1,), immutable=True).set(queue="default"))().parent.id)
`;
    const root = (await lab.python({ broker, code: chain })).stdout.trim();
    const traceId = root.replaceAll('-', '');
    const spans = await until(
      'the trace is whole',
      () => {
        const found = receiver.spans().filter((span) => span.traceId === traceId);
        return found.filter(({ name }) => name === 'run lab.retry').length === 2 ? found : null;
      },
      30_000,
    );
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const first = spans.find(({ name }) => name === 'run lab.echo');
    assert.equal(first?.status.code, 1);
    const attempts = spans.filter(({ name }) => name === 'run lab.retry');
    const failed = attempts.find(({ status }) => status.code === 2);
    const again = attempts.find(({ status }) => status.code === 1);
    assert.equal(again?.parentSpanId, failed?.spanId);
    const sent = byId.get(failed?.parentSpanId ?? '');
    assert.equal(sent?.name, 'send lab.retry');
    assert.equal(byId.get(sent?.parentSpanId ?? ''), first);
    const post = receiver.posts.find(({ path }) => path === '/v1/traces');
    assert.equal(post?.headers['x-tenant'], 'a b');
    assert.match(post?.body ?? '', /"service.name","value":\{"stringValue":"shop"\}/);

    receiver.answer(503);
    await lab.send({ broker, task: 'lab.echo', queue: 'default' });
    await until('it says so', () => /did not accept the data: it answered with status 503/.test(served.process.stderr));
    assert.equal((await served.ask('/livez')).status, 200);
    receiver.answer(200);
    assert.equal(await served.stop(), 0);
    const metrics = receiver.posts.findLast(({ path }) => path === '/v1/metrics');
    assert.match(metrics?.body ?? '', /"name":"celery_tasks_total"/);
  });
});

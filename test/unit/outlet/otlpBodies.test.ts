import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { defaultRedactPatterns } from '../../../server/api/redaction.ts';
import { makeOutlet } from '../../../server/outlet/outlet.ts';
import { OtlpExporter } from '../../../server/telemetry/otlpExporter.ts';
import { taskSpans } from '../../../server/telemetry/taskSpans.ts';

const run = {
  id: '3f2a9c1e-8a38-4ad5-9a4e-2b7d6c1f0e33',
  rootId: null,
  parentId: null,
  name: 'shop.pay',
  worker: 'w@one',
  client: null,
  queue: 'default',
  state: 'FAILURE',
  retries: 0,
  sentSeconds: 100,
  receivedSeconds: 102,
  startedSeconds: 105,
  endedSeconds: 107,
};

test('a receiver of traces gets an exception with its secrets covered', async (t) => {
  let bodies = '';
  const receiver = createServer((message, response) => {
    message.setEncoding('utf8').on('data', (chunk: string) => {
      bodies += chunk;
    });
    message.on('end', () => response.setHeader('connection', 'close').end('{}'));
  });
  t.after(() => receiver.close());
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const exporter = new OtlpExporter({
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    headers: {},
    resource: {},
    version: '0',
    families: () => [],
    outlet: makeOutlet(defaultRedactPatterns),
    log: () => undefined,
    now: () => 0,
  });
  exporter.add(taskSpans(run, "LoginError: password='hunter2' at amqp://u:hunter3@h//"));
  await exporter.stop();
  assert.match(bodies, /LoginError: password='\*{8}' at amqp:\/\/u:\*{8}@h/);
  assert.doesNotMatch(bodies, /hunter/);
});

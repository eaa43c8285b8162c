import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRedactPatterns } from '../../../server/api/redaction.ts';
import type { Cluster } from '../../../server/cluster/cluster.ts';
import { inspectWorkers } from '../../../server/desk/inspectWorkers.ts';
import { makeOutlet } from '../../../server/outlet/outlet.ts';

test('workers have as long to answer as was asked for, and a method that takes its time at least its own', async () => {
  const given: (number | undefined)[] = [];
  const inspect = async ({ timeoutMs }: { readonly timeoutMs?: number }) => {
    given.push(timeoutMs);
    return { replies: [], tookMs: 1 };
  };
  const cluster = { operations: { inspect }, outlet: makeOutlet(defaultRedactPatterns) } as unknown as Cluster;
  const ask = (method: string, asked: { readonly timeoutMs?: number }) =>
    inspectWorkers(cluster, { method, words: [], destination: null, ...asked });
  await ask('ping', {});
  await ask('ping', { timeoutMs: 9_000 });
  await ask('objgraph', { timeoutMs: 200 });
  assert.deepEqual(given.slice(0, 2), [2_000, 9_000]);
  assert.ok((given[2] ?? 0) > 2_000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultRedactPatterns } from '../../../../server/api/redaction.ts';
import type { Cluster } from '../../../../server/cluster/cluster.ts';
import { makeOutlet } from '../../../../server/outlet/outlet.ts';
import { inspectAnswer } from '../../../../server/text/answers/inspectAnswer.ts';
import { MemorySamples } from '../../../../server/text/answers/memorySamples.ts';

test('workers have as long to answer as was asked for, and a method that takes its time at least its own', async () => {
  const given: (number | undefined)[] = [];
  const ask = async ({ timeoutMs }: { readonly timeoutMs?: number }) => {
    given.push(timeoutMs);
    return { replies: [], tookMs: 1 };
  };
  const outlet = makeOutlet(defaultRedactPatterns);
  const cluster = { connection: { name: 'shop' }, operations: { ask }, outlet } as unknown as Cluster;
  const place = { cluster, now: 0 };
  const inspect = (method: string, asked: { readonly timeoutMs?: number }) => {
    const question = { kind: 'inspect', clusterId: 'shop', method, words: [], destination: null, ...asked } as const;
    return inspectAnswer(place, question, new MemorySamples());
  };
  await inspect('ping', {});
  await inspect('ping', { timeoutMs: 9_000 });
  await inspect('objgraph', { timeoutMs: 200 });
  assert.deepEqual(given.slice(0, 2), [2_000, 9_000]);
  assert.ok((given[2] ?? 0) > 2_000);
});

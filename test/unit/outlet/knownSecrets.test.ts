import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretsOf } from '../../../server/brokers/secretsOf.ts';
import { Clusters } from '../../../server/cluster/clusters.ts';
import { makeOutlet } from '../../../server/outlet/outlet.ts';

const connection = {
  id: 'c',
  name: 'c',
  url: 'sentinel://:first-one@h1;sentinel://:sec%40nd@h2',
  transportOptions: { master_name: 'm', sentinel_kwargs: { password: 'third-one' } },
  resultBackend: 'db+postgresql://u:fourth@h/d?sslpassword=fifth-one',
  workerLostAfterMs: 1_000,
  maxTasks: 10,
};

test('a connection knows its secrets, wherever they stand in it', () => {
  assert.deepEqual(secretsOf(connection), ['first-one', 'sec@nd', 'fourth', 'fifth-one', 'third-one']);
});

test('a secret that is known is left out of a sentence that nothing else gives away', () => {
  const outlet = makeOutlet([]);
  assert.match(outlet.sentence('AUTH failed for first-one'), /first-one/);
  outlet.hide('first-one');
  assert.equal(outlet.sentence('AUTH failed for first-one'), 'AUTH failed for ********');
});

test('the log is told of the secrets of a connection before anything can be said about it', async () => {
  const hidden: string[] = [];
  const parts = { epoch: 'e', log: () => undefined, hide: (secret: string) => void hidden.push(secret) };
  const clusters = new Clusters({ ...parts, historyWorkerFile: '' });
  await assert.rejects(clusters.start({ ...connection, url: 'nothing://u:first-one@h' }, null));
  assert.ok(hidden.includes('first-one'));
  await clusters.stopAll();
});

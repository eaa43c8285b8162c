import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerReply } from '../../../../server/api/control.ts';
import { explain } from '../../../../server/faces/cli/explain.ts';
import { anOperating } from './anOperating.ts';

const outcome = (...replies: readonly WorkerReply[]) => ({ replies, expected: null, tookMs: 1 });
const refused = (hostname: string, sentence: string): WorkerReply => ({
  kind: 'refused',
  hostname,
  sentence,
  value: { error: sentence },
});
const unheard = (hostname: string): WorkerReply => ({
  kind: 'silent',
  hostname,
  reason: 'noSuchWorker',
  sentence: 'unused',
});

test("hands on each refusal in the worker's words, and what is known of the silence", async () => {
  const lost: WorkerReply = { kind: 'silent', hostname: 'c@h', reason: 'lost', sentence: 'c@h is lost.' };
  const { cluster } = anOperating();
  const reasons = await explain(cluster, { arguments: {} }, outcome(refused('a@h', 'No\nway'), lost));
  assert.deepEqual(reasons, { refusals: ['a@h refused: No\\nway'], silence: ['c@h is lost.'] });
});

test('tells a slip from a worker that is there and mute', async () => {
  const { cluster } = anOperating({ bound: ['web1@h', 'web2@h'] });
  const { silence } = await explain(cluster, { arguments: {} }, outcome(unheard('web2@h'), unheard('weeb1@h')));
  assert.match(
    silence[0] ?? '',
    /^web2@h has a mailbox at the broker but did not answer: it has crashed, hangs, or runs/,
  );
  assert.equal(silence[1], 'Unknown worker weeb1@h. Did you mean "web1@h"?');
});

test('names some of the workers when none is close', async () => {
  const names = Array.from({ length: 7 }, (_, index) => `web${index}@host`);
  const { cluster } = anOperating({ bound: names });
  const { silence } = await explain(cluster, { arguments: {} }, outcome(unheard('zzz')));
  assert.deepEqual(silence, [
    'Unknown worker zzz. Known workers: web0@host, web1@host, web2@host, web3@host, web4@host and 2 more.',
  ]);
  const empty = await explain(anOperating().cluster, { arguments: {} }, outcome(unheard('zzz')));
  assert.deepEqual(empty.silence, ['Unknown worker zzz.']);
});

test('finds the task that was meant when no worker knows the one that was named', async () => {
  const known: WorkerReply = { kind: 'answered', hostname: 'a@h', value: ['emails.send [rate_limit=1/m]', 'x.y'] };
  const { cluster, asked } = anOperating({ replies: [known] });
  const wrong = outcome(refused('a@h', 'unknown task'), refused('b@h', 'unknown task'));
  const { refusals } = await explain(cluster, { arguments: { task_name: 'emails.sned' } }, wrong);
  assert.deepEqual(refusals, ['The task "emails.sned" is not registered at a@h, b@h. Did you mean "emails.send"?']);
  assert.deepEqual(asked[0]?.destination, ['a@h', 'b@h']);
  const mixed = outcome(refused('a@h', 'unknown task'), refused('b@h', 'busy'));
  const each = await explain(cluster, { arguments: { task_name: 'emails.sned' } }, mixed);
  assert.deepEqual(each.refusals, ['a@h refused: unknown task', 'b@h refused: busy']);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { quickEnvelope } from '../../../server/celery/quickEnvelope.ts';
import { readEnvelope } from '../../../server/celery/readEnvelope.ts';
import { below, makeRandom } from '../state/random.ts';
import { envelope } from './envelopes.ts';

const recorded = ['5.2', '5.4', '5.6', '5.7'].flatMap((version) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'envelopes', `celery-${version}.ndjson`), 'utf8')
    .trim()
    .split('\n'),
);

/** What the thorough reader makes of it, as text. */
const thorough = (bytes: Buffer): string | null => {
  const raw = readEnvelope(bytes);
  return typeof raw === 'string' ? null : raw.body.toString();
};

it('opens every envelope that a worker has sent, and reads what the thorough reader reads', () => {
  assert.ok(recorded.length > 200);
  for (const line of recorded) {
    assert.equal(quickEnvelope(Buffer.from(line)), thorough(Buffer.from(line)));
    assert.notEqual(quickEnvelope(Buffer.from(line)), null);
  }
});

it('never reads a damaged envelope otherwise than the thorough reader', () => {
  const random = makeRandom(7);
  let opened = 0;
  for (let count = 0; count < 20_000; count++) {
    const bytes = Buffer.from(recorded[below(random, recorded.length)] ?? '');
    for (let hits = below(random, 3); hits >= 0; hits--) {
      // Where it matters: around the body's ends, and with the signs that matter.
      const near = random() < 0.5 ? below(random, 14) : bytes.length - 1 - below(random, 340);
      bytes[Math.max(0, near)] = random() < 0.6 ? '"\\{}:, b'.charCodeAt(below(random, 8)) || 0 : below(random, 256);
    }
    const quick = quickEnvelope(bytes);
    if (quick === null) continue;
    opened++;
    assert.equal(quick, thorough(bytes), bytes.toString());
  }
  assert.ok(opened > 1000, `${opened} opened`);
});

it('leaves to the thorough reader what is not usual', () => {
  const body = '{"type":"x"}';
  for (const bytes of [
    envelope({ body, bodyEncoding: null }),
    envelope({ body, compression: 'zlib' }),
    envelope({ body, contentType: 'application/x-python-serialize' }),
    Buffer.from(`${envelope({ body }).toString().slice(0, -1)},"body":"e30="}`),
    Buffer.from(` ${envelope({ body })}`),
    envelope({ body: `"${'x'.repeat(300_000)}"` }),
    Buffer.from('{"body":"'),
    Buffer.from('{"body":"e30="'),
    Buffer.from('{"body":"e30=", "properties": null, "content-type": "application/json", "headers": null}'),
  ]) {
    assert.equal(quickEnvelope(bytes), null, bytes.toString('utf8', 0, 200));
  }
});

it('keeps nothing of the message before', () => {
  assert.equal(quickEnvelope(envelope({ body: 'a long body, a very long one' })), 'a long body, a very long one');
  assert.equal(quickEnvelope(envelope({ body: 'short ü' })), 'short ü');
});

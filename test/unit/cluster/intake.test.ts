import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Intake } from '../../../server/cluster/intake.ts';

const envelope = (size: number) => ({ kind: 'envelope', bytes: Buffer.alloc(size, '{') }) as const;

/** An intake that may hold so much, and what was thrown away. */
const anIntake = (limits: { readonly intake: number; readonly largestMessage: number }) => {
  const counts = { overflow: 0, invalid: 0 };
  const worked = Promise.withResolvers<void>();
  const sink = {
    event: () => undefined,
    invalid: () => {
      counts.invalid += 1;
    },
    overflow: (messages: number) => {
      counts.overflow += messages;
    },
    progressed: worked.resolve,
  };
  return { intake: new Intake(sink, Date.now, limits), counts, worked: worked.promise };
};

test('what waits holds no more bytes than it may, and what is thrown away is counted', async () => {
  const { intake, counts, worked } = anIntake({ intake: 10_000, largestMessage: 10_000 });
  for (let message = 0; message < 20; message++) intake.push(envelope(1_000));
  assert.equal(intake.bytes, 10_000);
  assert.deepEqual([intake.evicted, counts.overflow], [10, 10]);
  await worked;
  assert.deepEqual([intake.bytes, intake.backlog, counts.invalid], [0, 0, 10]);
});

test('a message that is too large alone is not read at all', () => {
  const { intake, counts } = anIntake({ intake: 1_000_000, largestMessage: 5_000 });
  intake.push(envelope(5_001));
  assert.deepEqual([intake.bytes, intake.backlog, counts.overflow], [0, 0, 1]);
});

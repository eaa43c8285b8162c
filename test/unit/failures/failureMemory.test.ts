import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FailureBook } from '../../../server/failures/failureBook.ts';
import { collectGarbage } from '../collectGarbage.ts';

const megabyte = 1024 * 1024;

const used = async (): Promise<number> => {
  await collectGarbage();
  return process.memoryUsage().heapUsed;
};

/** As JSON brings them: a text of its own each time. */
const hugeTraceback = (number: number): string =>
  JSON.parse(
    JSON.stringify(
      `Traceback (most recent call last):\n  File "/app/shop/orders${number}.py", line 11, in charge_the_customer_${number}\n    raise Declined(order)\nshop.DeclinedForGood: order ${number} ${'é'.repeat(800_000)}\n`,
    ),
  );

test('150 causes with tracebacks of 0.8 MB are held in three megabytes', async () => {
  const book = new FailureBook(undefined, 16 * megabyte);
  const before = await used();
  for (let number = 0; number < 150; number++) {
    const traceback = hugeTraceback(number);
    book.note({
      taskId: `t${number}`,
      taskName: `shop.tasks.charge_${number}`,
      worker: 'w1@a',
      exception: traceback.slice(-1_000),
      traceback,
      at: 0,
    });
  }
  const grownMb = ((await used()) - before) / megabyte;
  assert.equal(book.all.length, 150);
  assert.ok(grownMb < 3, `${grownMb.toFixed(1)} MB`);
});

test('groups beyond their bytes are forgotten, counted, and those not seen stay longest', () => {
  const book = new FailureBook(undefined, megabyte);
  for (let number = 0; number < 2_000; number++) {
    const exception = `E('${String.fromCharCode(97 + (number % 26)).repeat(900)}')`;
    book.note({ taskId: 't', taskName: `task${number}`, worker: null, exception, traceback: null, at: number });
    if (number === 0) book.markSeen(null);
  }
  assert.ok(book.bytesHeld <= megabyte, `${book.bytesHeld} bytes`);
  assert.equal(book.evicted + book.all.length, 2_000);
  assert.ok(book.all.every(({ taskName }) => taskName !== 'task0'));
});

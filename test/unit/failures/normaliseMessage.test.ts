import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseMessage } from '../../../server/failures/normaliseMessage.ts';

test('ids, numbers, addresses and quoted values are left out, words stay', () => {
  const pairs = [
    ['order 12: 3.50 EUR', 'order #: # EUR'],
    ['<Order object at 0x7f3a5c0b1d30> is gone', '<Order object at #> is gone'],
    ['no task 5f0c1c9e-8a38-4ad5-9a4e-2b7d6c1f0e33', 'no task #'],
    ["invalid literal for int() with base 10: 'x0'", "invalid literal for int() with base #: '…'"],
    ['key "a\\"b" of user ann@example.org', 'key "…" of user @'],
    ["can't reach the host, it isn't there", "can't reach the host, it isn't there"],
    ['at 2026-11-20T10:00:01.5 UTC', 'at #-#-#T# UTC'],
    ['commit 3f2a9c1e55', 'commit #'],
    ['two\n   lines', 'two lines'],
  ] as const;
  for (const [message, normal] of pairs) assert.equal(normaliseMessage(message), normal);
});

import type { FailureGroup, FailureOccurrence } from '../../../../server/api/failures.ts';

export const aGroup = (parts: Partial<FailureGroup> = {}): FailureGroup => ({
  id: 'f1',
  taskName: 'orders.charge',
  exceptionType: 'ConnectionError',
  message: 'broker refused',
  frame: { file: '/app/shop/orders.py', line: 47, function: 'charge' },
  count: 37,
  firstSeenAt: 1_000_000,
  lastSeenAt: 1_880_000,
  workers: ['celery@one'],
  lastTaskId: '3f2a0000-0000-4000-8000-000000000001',
  unseen: 0,
  mute: null,
  perMinute: [],
  ...parts,
});

export const anOccurrence = (parts: Partial<FailureOccurrence> = {}): FailureOccurrence => ({
  taskId: '3f2a0000-0000-4000-8000-000000000001',
  at: 1_880_000,
  retried: false,
  name: 'orders.charge',
  worker: 'celery@one',
  queue: 'priority',
  kind: 'ConnectionError',
  exception: "ConnectionError('broker refused')",
  traceback:
    'Traceback (most recent call last):\n  File "/app/shop/orders.py", line 47, in charge\nConnectionError: broker refused',
  args: "('A-1',)",
  kwargs: '{}',
  ...parts,
});

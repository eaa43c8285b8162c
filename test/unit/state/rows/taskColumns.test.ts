import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskKinds } from '../../../../server/state/names/eventTypes.ts';
import { noState } from '../../../../server/state/names/taskStates.ts';
import { blockNames, labelNames, TaskColumns } from '../../../../server/state/rows/taskColumns.ts';

const rowOf = (columns: TaskColumns, row: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, values]) =>
      ArrayBuffer.isView(values) ? [[name, Number(Reflect.get(values, row))]] : [],
    ),
  );

test('a row is as empty after a reset as it was when the columns grew to it', () => {
  const columns = new TaskColumns(2);
  columns.grow(8);
  const empty = rowOf(columns, 5);
  assert.equal(Object.keys(empty).length, 29);
  assert.deepEqual([empty['state'], empty['retries'], empty['sent'], empty['clock']], [noState, -1, Number.NaN, 0]);
  for (const values of Object.values(columns)) if (ArrayBuffer.isView(values)) Reflect.set(values, 5, 7);
  columns.reset(5, 1234);
  assert.deepEqual(rowOf(columns, 5), { ...empty, firstSeenAt: 1234, updatedAt: 1234 });
});

test('columns keep what they hold as they grow, and all of them grow', () => {
  const columns = new TaskColumns(2);
  columns.name[1] = 42;
  columns.sent[1] = 1.5;
  columns.grow(1000);
  assert.deepEqual([columns.name[1], columns.sent[1], columns.capacity], [42, 1.5, 1000]);
  const lengths = Object.values(columns).flatMap((values) => (ArrayBuffer.isView(values) ? [values.byteLength] : []));
  assert.ok(lengths.every((length) => length >= 1000));
});

test('labels, blocks and times are the columns of those names, also after they have grown', () => {
  const columns = new TaskColumns(2);
  columns.grow(4);
  for (const [index, name] of labelNames.entries()) assert.equal(columns.labels[index], columns[name]);
  for (const [index, name] of blockNames.entries()) assert.equal(columns.blocks[index], columns[name]);
  for (const [kind, name] of taskKinds.entries()) assert.equal(columns.timeOf(kind), columns[name]);
  assert.deepEqual([columns.timeOf(-1), columns.timeOf(taskKinds.length)], [null, null]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutTo, displayWidth, padTo } from '../../../server/text/displayWidth.ts';
import type { Paint } from '../../../server/text/paint.ts';
import { type Column, table } from '../../../server/text/table.ts';
import { wrapText } from '../../../server/text/wrapText.ts';

interface Row {
  readonly name: string;
  readonly count: string;
  readonly note: string;
}

const columns: readonly Column<Row>[] = [
  { header: 'NAME', text: (row) => row.name, narrowest: 6 },
  { header: 'COUNT', text: (row) => row.count, align: 'right' },
  { header: 'NOTE', text: (row) => row.note, narrowest: 5, dispensable: 1 },
];
const rows = [
  { name: 'orders.charge', count: '7', note: 'a rather long note' },
  { name: '注文', count: '1,204', note: '' },
];
const plain: Paint = (_style, text) => text;
const draw = (width: number, from: readonly Row[] = rows) => table(columns, from, { width, paint: plain });

test('lines columns up, also under wide letters', () => {
  assert.deepEqual(draw(Number.POSITIVE_INFINITY), [
    'NAME           COUNT  NOTE',
    'orders.charge      7  a rather long note',
    '注文           1,204',
  ]);
});

test('takes room from the widest columns first', () => {
  assert.deepEqual(draw(36), [
    'NAME           COUNT  NOTE',
    'orders.charge      7  a rather long…',
    '注文           1,204',
  ]);
  assert.deepEqual(draw(32), ['NAME         COUNT  NOTE', 'orders.cha…      7  a rather lo…', '注文         1,204']);
  for (const line of draw(24)) assert.ok(displayWidth(line) <= 24, line);
});

test('leaves out what can be done without when room is short', () => {
  assert.deepEqual(draw(17), ['NAME        COUNT', 'orders.ch…      7', '注文        1,204']);
});

test('leaves out the least important first', () => {
  const wide: readonly Column<string>[] = [
    { header: 'KEPT', text: () => 'kept' },
    { header: 'FIRST', text: () => 'first', dispensable: 2 },
    { header: 'SECOND', text: () => 'second', dispensable: 1 },
  ];
  assert.deepEqual(table(wide, ['row'], { width: 14, paint: plain }), ['KEPT  SECOND', 'kept  second']);
  assert.deepEqual(table(wide, ['row'], { width: 8, paint: plain }), ['KEPT', 'kept']);
});

test('leaves out a column that nobody fills', () => {
  assert.deepEqual(draw(80, [{ name: 'a', count: '1', note: '' }]), ['NAME  COUNT', 'a         1']);
});

test('paints cells without changing where they stand', () => {
  const paint: Paint = (style, text) => (style === null ? text : `\u001b[1m${text}\u001b[22m`);
  const painted = table([{ ...columns[0], style: () => 'bold' } as Column<Row>, ...columns.slice(1)], rows, {
    width: 40,
    paint,
  });
  const uncoloured = painted.map((line) => line.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', ''));
  assert.deepEqual(uncoloured, draw(40));
});

test('measures what a terminal draws', () => {
  assert.equal(displayWidth('plain'), 5);
  assert.equal(displayWidth('\u001b[31mred\u001b[39m'), 3);
  assert.equal(displayWidth('日本'), 4);
  assert.equal(displayWidth('e\u0301'), 1);
  assert.equal(displayWidth('🥬'), 2);
  assert.equal(padTo('日', 4), '日  ');
  assert.equal(padTo('7', 3, 'right'), '  7');
});

test('cuts between letters, never within one', () => {
  assert.equal(cutTo('abcdef', 6), 'abcdef');
  assert.equal(cutTo('abcdef', 4), 'abc…');
  assert.equal(cutTo('日本語', 4), '日…');
  assert.equal(cutTo('🥬🥬🥬', 5), '🥬🥬…');
  assert.equal(cutTo('abc', 0), '');
});

test('breaks text between words', () => {
  assert.deepEqual(wrapText('one two three', 8), ['one two', 'three']);
  assert.deepEqual(wrapText('averyveryverylongword x', 8), ['averyveryverylongword', 'x']);
});

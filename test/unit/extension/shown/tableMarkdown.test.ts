import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableMarkdown } from '../../../../extension/shown/tableMarkdown.ts';

const tableOf = (cell: string): string =>
  tableMarkdown({ head: [{ title: 'Name', isNumber: false }], rows: [[cell]], foot: 'Select.' });

test('a table of a tooltip has a line for its head, its alignment and each row', () => {
  assert.equal(tableOf('orders'), '| Name |\n| :-- |\n| orders |\n\nSelect\\.');
});

test('a cell of a tooltip is never more than its text: no sign in it begins a link, an address, a picture or a cell', () => {
  const row = tableOf('[x](command:y) https://a.b www.c.d me@e.f | <img src=x> ![p](q) $(trash)').split('\n')[2] ?? '';
  const inner = row.slice(2, -2);
  assert.match(inner, /https\\:\\\/\\\/a\\\.b/);
  assert.doesNotMatch(inner.replaceAll(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
  assert.equal(tableOf('a\nb').split('\n').length, tableOf('ab').split('\n').length);
});

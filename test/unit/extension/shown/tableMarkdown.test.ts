import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoverMarkdown } from '../../../../extension/shown/hoverMarkdown.ts';
import { type TooltipTable, tableMarkdown } from '../../../../extension/shown/tableMarkdown.ts';

const tableOf = (cell: string, links: TooltipTable['links'] = []): string =>
  tableMarkdown({ head: [{ title: 'Name', isNumber: false }], rows: [[cell]], links });

test('a table of a tooltip has a line for its head, its alignment and each row', () => {
  assert.equal(tableOf('orders'), '| Name |\n| :-- |\n| orders |');
});

test('a cell of a tooltip is never more than its text: no sign in it begins a link, an address, a picture or a cell', () => {
  const row = tableOf('[x](command:y) https://a.b www.c.d me@e.f | <img src=x> ![p](q) $(trash)').split('\n')[2] ?? '';
  const inner = row.slice(2, -2);
  assert.match(inner, /https\\:\\\/\\\/a\\\.b/);
  assert.doesNotMatch(inner.replaceAll(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
  assert.equal(tableOf('a\nb').split('\n').length, tableOf('ab').split('\n').length);
});

test('the links below a table run commands, whatever the name of a connection has in it', () => {
  const links = [{ title: 'Dashboard', command: 'celeriac.openDashboard', arguments: [{ clusterId: 'a) [b](c' }] }];
  const [, address = ''] = /\[Dashboard\]\((command:[^)]*)\)$/.exec(tableOf('orders', links)) ?? [];
  assert.deepEqual(JSON.parse(decodeURIComponent(new URL(address).search.slice(1))), [{ clusterId: 'a) [b](c' }]);
});

test('a hover is text, whatever the code and the cluster call things', () => {
  const text = hoverMarkdown({
    title: '[x](command:evil)',
    description: '<img src=x> `a` $(bug)',
    facts: [{ label: 'Options', text: '**b** https://evil.example' }],
    links: [{ title: 'Open', command: 'celeriac.openDashboard', arguments: [{ taskName: ')](command:evil)' }] }],
  });
  assert.doesNotMatch(text, /(?<!\\)\]\(command:evil|(?<!\\)<img|(?<!\\)`|https:/);
  assert.match(text, /\]\(command:celeriac\.openDashboard\?[^)]*\)/);
});

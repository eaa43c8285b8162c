import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { belongsHere } from '../../../../extension/connections/belongsHere.ts';

test('a connection that names no folder is shown in every window', () => {
  for (const folders of [undefined, null, [], 'shop']) assert.ok(belongsHere(folders, ['/work/blog']));
});

test('a connection that names folders is shown where one of them, its parent or its child is open', () => {
  for (const open of ['/work/shop', '/work/shop/api', '/work'])
    assert.ok(belongsHere(['/x', '/work/shop'], [open]), open);
  for (const open of ['/work/blog', '/work/shop2', '/work/sho']) assert.ok(!belongsHere(['/work/shop'], [open]), open);
  assert.ok(!belongsHere(['/work/shop'], []));
});

test('a tilde is the home folder', () => {
  assert.ok(belongsHere(['~/shop'], [join(homedir(), 'shop')]));
  assert.ok(!belongsHere(['~/shop'], [join(homedir(), 'blog')]));
});

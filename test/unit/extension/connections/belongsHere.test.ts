import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { belongsHere } from '../../../../extension/connections/belongsHere.ts';

test('a connection that names no folder is shown in every window', () => {
  for (const folders of [undefined, null, [], 'shop']) assert.ok(belongsHere(folders, ['/home/ann/blog']));
});

test('a connection that names folders is shown where one of them, its parent or its child is open', () => {
  for (const open of ['/home/ann/shop', '/home/ann/shop/api', '/home/ann'])
    assert.ok(belongsHere(['/x', '/home/ann/shop'], [open]), open);
  for (const open of ['/home/ann/blog', '/home/ann/shop2', '/home/ann/sho'])
    assert.ok(!belongsHere(['/home/ann/shop'], [open]), open);
  assert.ok(!belongsHere(['/home/ann/shop'], []));
});

test('a tilde is the home folder', () => {
  assert.ok(belongsHere(['~/shop'], [join(homedir(), 'shop')]));
  assert.ok(!belongsHere(['~/shop'], [join(homedir(), 'blog')]));
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Interner } from '../../../../server/state/names/interner.ts';

it('gives equal strings one number and different ones different numbers', () => {
  const interner = new Interner();
  const charge = interner.acquire('charge');
  assert.notEqual(interner.acquire('ship'), charge);
  assert.equal(interner.acquire(['char', 'ge'].join('')), charge);
  assert.equal(interner.textOf(charge), 'charge');
});

it('forgets a string with its last holder, and not before', () => {
  const interner = new Interner();
  const id = interner.acquire('gen1@host');
  interner.retain(id);
  interner.release(id);
  assert.equal(interner.idOf('gen1@host'), id);
  interner.release(id);
  assert.equal(interner.idOf('gen1@host'), undefined);
  assert.equal(interner.size, 0);
});

it('does not grow while strings come and go', () => {
  const interner = new Interner();
  for (let index = 0; index < 10_000; index++) interner.release(interner.acquire(`gen${index}@host`));
  assert.ok(interner.limit < 10, `${interner.limit} numbers in use`);
});

it('keeps more strings than it first has room for', () => {
  const interner = new Interner();
  const ids = Array.from({ length: 3000 }, (_, index) => interner.acquire(`name ${index}`));
  for (const [index, id] of ids.entries()) assert.equal(interner.textOf(id), `name ${index}`);
  for (const id of ids) interner.release(id);
  assert.equal(interner.size, 0);
});

it('has no text for number 0, and the empty text is not number 0', () => {
  const interner = new Interner();
  assert.equal(interner.textOrNull(0), null);
  assert.equal(interner.textOrNull(interner.acquire('')), '');
});

it('tells texts apart that look alike to its first glance', () => {
  const interner = new Interner();
  const one = interner.acquire('shop.tasks.charge');
  const other = interner.acquire('shop.tesks.charge');
  assert.notEqual(one, other);
  assert.equal(interner.acquire('shop.tasks.charge'), one);
  interner.release(one);
  interner.release(one);
  const third = interner.acquire('shop.tusks.charge');
  assert.equal(third, one, 'a number that nobody holds is given away');
  assert.notEqual(interner.acquire('shop.tasks.charge'), third);
  assert.equal(interner.textOf(third), 'shop.tusks.charge');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RdbPlaces } from '../../../../extension/debug/rdbPlaces.ts';

const aMemento = (held: Record<string, unknown> = {}) => ({
  keys: () => Object.keys(held),
  get: <T>(name: string, otherwise?: T): T => (held[name] ?? otherwise) as T,
  update: async (name: string, value: unknown) => {
    held[name] = JSON.parse(JSON.stringify(value));
  },
});
const first = { host: '127.0.0.1', port: 6900 };
const second = { host: '127.0.0.1', port: 6901 };

test('the last place comes first, each once, with the worker that was known there', async () => {
  const memento = aMemento();
  const places = new RdbPlaces(memento);
  await places.remember(first, 'api@one');
  await places.remember(second, null);
  await places.remember(first, null);
  assert.deepEqual(
    new RdbPlaces(memento).all.map(({ port, worker }) => [port, worker]),
    [
      [6900, 'api@one'],
      [6901, null],
    ],
  );
  for (let port = 7_000; port < 7_050; port += 1) await places.remember({ host: 'far', port }, null);
  assert.equal(places.all.length, 20);
});

test('where the files of a worker were found holds for all its children, and not for other workers', async () => {
  const places = new RdbPlaces(aMemento());
  await places.remember(first, 'api@one');
  await places.learn(first, { remote: '/app', local: '/home/me/shop' });
  assert.deepEqual(places.mappingsOf(second, 'api@one'), { '/app': '/home/me/shop' });
  assert.deepEqual(places.mappingsOf(second, 'mail@two'), {});
  assert.deepEqual(places.mappingsOf(second, null), { '/app': '/home/me/shop' }, 'of that host nothing else is known');
  assert.deepEqual(places.mappingsOf({ host: 'far', port: 6900 }, null), {});
  await places.learn(first, { remote: '/app', local: '/home/me/moved' });
  assert.deepEqual(places.mappingsOf(first, 'api@one'), { '/app': '/home/me/moved' });
});

test('what an older version has left behind is no place', () => {
  assert.deepEqual(new RdbPlaces(aMemento({ 'celeriac.rdb.attached': ['127.0.0.1:6900'] })).all, []);
});

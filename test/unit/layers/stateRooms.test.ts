import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..', 'server', 'state');

/** What each room of the state may know, the lowest first: a room knows only rooms that stand before it. */
const known: Readonly<Record<string, readonly string[]>> = {
  names: [],
  texts: ['names'],
  figures: ['names'],
  workers: ['names'],
  rows: ['names', 'texts', 'figures'],
  queries: ['names', 'texts', 'figures', 'workers', 'rows'],
};

const roomOf = (path: string): string => dirname(path).split(/[\\/]/)[0] ?? '';

/** The other rooms of the state that a room imports from, types included. */
const roomsImportedBy = (room: string): readonly string[] => {
  const files = globSync(`${room}/**/*.ts`, { cwd: root });
  assert.ok(files.length > 0, `${room} has files`);
  const paths = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
      join(dirname(file), path),
    ),
  );
  const rooms = paths.filter((path) => !path.startsWith('..')).map(roomOf);
  return [...new Set(rooms)].filter((other) => other !== room);
};

for (const [room, rooms] of Object.entries(known))
  test(`the room "${room}" of the state imports only from ${rooms.join(', ') || 'itself'}`, () => {
    assert.deepEqual(
      roomsImportedBy(room).filter((other) => !rooms.includes(other)),
      [],
    );
  });

test('the rooms of the state know each other in one direction', () => {
  const order = Object.keys(known);
  for (const [room, rooms] of Object.entries(known))
    assert.ok(
      rooms.every((other) => order.indexOf(other) < order.indexOf(room)),
      `${room} knows only rooms before it`,
    );
});

test('each file of the state lies in a room, but for those that use them all', () => {
  const rooms = new Set(globSync('**/*.ts', { cwd: root }).map(roomOf));
  assert.deepEqual([...rooms].sort(), ['.', ...Object.keys(known)].sort());
  assert.deepEqual(globSync('*.ts', { cwd: root }).sort(), ['clusterState.ts', 'rawEvents.ts']);
});

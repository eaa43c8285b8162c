import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');
const filesOf = (pattern: string): string[] => globSync(pattern, { cwd: root });
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const faces = ['cli', 'http', 'lsp'];
/** The face that a file belongs to; null: an entry point, or another room. */
const faceOf = (file: string): string | null =>
  faces.find((face) => file.startsWith(join('server', 'faces', face, '/'))) ?? null;

const importsOf = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) => join(dirname(file), path));

test('no face imports another: an entry point puts them together', () => {
  const files = filesOf('server/faces/*/**/*.ts');
  assert.ok(files.length > 100);
  const across = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => faceOf(path) !== null && faceOf(path) !== faceOf(file))
      .map((path) => `${file} → ${path}`),
  );
  assert.deepEqual(across, []);
});

test('whatever may change a cluster goes through a desk', () => {
  const writing = /\boperations\)?\s*\.(?:ask|send|purge|peek)\(/;
  const files = filesOf('server/**/*.ts').filter((file) => !file.startsWith(join('server', 'cluster', '/')));
  const found = files.filter((file) => writing.test(textOf(file)));
  assert.deepEqual(found.toSorted(), [
    'server/desk/peekQueue.ts',
    'server/desk/purgeQueue.ts',
    'server/desk/sendTask.ts',
    'server/desk/tellWorkers.ts',
  ]);
});

test('desks and texts know no face, and texts reach no cluster', () => {
  const reach = (room: string, forbidden: RegExp): string[] =>
    filesOf(`server/${room}/**/*.ts`).filter((file) => importsOf(file).some((path) => forbidden.test(path)));
  assert.deepEqual(reach('desk', /^server\/(?:faces|requests)\//), []);
  assert.deepEqual(reach('text', /^server\/(?:faces|requests|desk|cluster|brokers|results)\//), []);
});

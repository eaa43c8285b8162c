import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { packagedExtension } from './harness/packagedExtension.ts';

const vsix = await packagedExtension();

test('the package holds what runs and what a shop shows, and nothing else', () => {
  assert.deepEqual(filesOf(readFileSync(vsix)).sort(), [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/changelog.md',
    'extension/dist/extension.js',
    'extension/dist/historyWorker.js',
    'extension/dist/package.json',
    'extension/dist/server.js',
    'extension/dist/tree-sitter-python.wasm',
    'extension/dist/tree-sitter.wasm',
    'extension/media/icons/celeriac.png',
    'extension/media/icons/celery.svg',
    'extension/package.json',
    'extension/readme.md',
  ]);
});

test('the package has at most 2 MB', () => {
  assert.ok(statSync(vsix).size <= 2 * 1024 * 1024);
});

/** The names in a zip file's central directory (APPNOTE 4.3.12). */
const filesOf = (zip: Buffer): string[] => {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
};

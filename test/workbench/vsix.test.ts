import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { packagedExtension } from './harness/packagedExtension.ts';

const vsix = await packagedExtension();
const sizes = sizesOf(readFileSync(vsix));

test('the package holds what runs and what a shop shows, and nothing else', () => {
  const names = new Set([...sizes.keys()].map((name) => name.replace(/-[A-Z0-9]{8}\.js$/, '-….js')));
  assert.deepEqual([...names].sort(), [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/changelog.md',
    'extension/demo/shop/__init__.py',
    'extension/demo/shop/celeryapp.py',
    'extension/demo/shop/emails.py',
    'extension/demo/shop/inventory.py',
    'extension/demo/shop/moods.py',
    'extension/demo/shop/orders.py',
    'extension/demo/shop/pace.py',
    'extension/demo/shop/payments.py',
    'extension/demo/shop/reports.py',
    'extension/demo/shop/settings.py',
    'extension/demo/shop/tied.py',
    'extension/demo/shop/traffic.py',
    'extension/demo/shop/wholemessages.py',
    'extension/dist/dashboard.css',
    'extension/dist/dashboard.js',
    'extension/dist/extension/backendClient-….js',
    'extension/dist/extension/chunk-….js',
    'extension/dist/extension/late-….js',
    'extension/dist/extension/main.js',
    'extension/dist/historyWorker.js',
    'extension/dist/package.json',
    'extension/dist/rdbHelper.py',
    'extension/dist/runTask.py',
    'extension/dist/server.js',
    'extension/dist/server/built-….js',
    'extension/dist/server/channel_api-….js',
    'extension/dist/server/chunk-….js',
    'extension/dist/server/main.js',
    'extension/dist/workspaceWorker.js',
    'extension/l10n/bundle.l10n.de.json',
    'extension/l10n/bundle.l10n.json',
    'extension/media/answers/answers.tmLanguage.json',
    'extension/media/icons/celeriac.png',
    'extension/media/icons/celery-dark.svg',
    'extension/media/icons/celery-light.svg',
    'extension/media/icons/celery.svg',
    'extension/media/snippets/python.json',
    'extension/media/walkthrough/browse.svg',
    'extension/media/walkthrough/connect.svg',
    'extension/media/walkthrough/dashboard.svg',
    'extension/media/walkthrough/debug.svg',
    'extension/media/walkthrough/events.svg',
    'extension/media/walkthrough/failures.svg',
    'extension/media/walkthrough/inspect.svg',
    'extension/package.json',
    'extension/package.nls.de.json',
    'extension/package.nls.json',
    'extension/readme.md',
  ]);
});

test('the package has at most 2 MB', () => {
  assert.ok(statSync(vsix).size <= 2 * 1024 * 1024);
});

test('activation loads at most 350 KB, and none of the language client', () => {
  const parts = [...sizes].filter(([name]) => /dist\/extension\/(?:main|chunk-\w+)\.js$/.test(name));
  const bytes = parts.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(bytes > 0 && bytes <= 350 * 1024, `${bytes} bytes`);
});

test('the pages have at most 300 KB of script', () => {
  const size = sizes.get('extension/dist/dashboard.js') ?? 0;
  assert.ok(size > 0 && size <= 300 * 1024, `${size} bytes`);
});

/** The names in a zip file's central directory, and how large each file is when unpacked (APPNOTE 4.3.12). */
function sizesOf(zip: Buffer): ReadonlyMap<string, number> {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const found = new Map<string, number>();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    found.set(zip.toString('utf8', at + 46, at + 46 + name), zip.readUInt32LE(at + 24));
    at += 46 + name + extra + comment;
  }
  return found;
}

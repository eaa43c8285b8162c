import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readManifest } from '../../readManifest.ts';
import { fakeVscode, registrations } from './fakeVscode.ts';

fakeVscode();
const { activate, deactivate } = await import('../../../../extension/extension.ts');

const storage = mkdtempSync(join(tmpdir(), 'celeriac-activation-'));
after(() => rmSync(storage, { recursive: true, force: true }));

const memento = {
  keys: () => [],
  get: (_key: string, otherwise?: unknown) => otherwise,
  update: async () => undefined,
};
const subscriptions: { dispose(): unknown }[] = [];
const context = {
  subscriptions,
  extensionPath: import.meta.dirname,
  extensionUri: {},
  extension: { id: 'celeriac.celeriac' },
  globalStorageUri: { fsPath: storage },
  globalState: memento,
  workspaceState: memento,
  secrets: { get: async () => undefined, keys: async () => [], onDidChange: () => ({ dispose: () => undefined }) },
};
activate(context as never);
const brought = (by: string): string[] => registrations.flatMap((each) => (each.by === by ? [each.id] : [])).sort();
const { contributes, activationEvents } = readManifest();

test('each command of the manifest is registered exactly once', () => {
  assert.deepEqual(
    brought('registerCommand'),
    contributes.commands.map(({ command }: { command: string }) => command).sort(),
  );
});

test('each view of the manifest gets exactly one tree', () => {
  const views = Object.values<{ id: string }[]>(contributes.views).flat();
  assert.deepEqual(brought('createTreeView'), views.map(({ id }) => id).sort());
});

test('each scheme has one provider of texts, one of links and one of lenses at most', () => {
  for (const by of [
    'registerTextDocumentContentProvider',
    'registerDocumentLinkProvider',
    'registerCodeLensProvider',
  ]) {
    const schemes = brought(by);
    assert.ok(schemes.length > 0, by);
    assert.deepEqual(schemes, [...new Set(schemes)], by);
  }
});

test('each kind of page that the manifest restores has one serializer', () => {
  const restored = activationEvents
    .filter((each: string) => each.startsWith('onWebviewPanel:'))
    .map((each: string) => each.replace('onWebviewPanel:', ''));
  assert.deepEqual(brought('registerWebviewPanelSerializer'), restored.sort());
});

test('each debugger of the manifest has one factory of adapters', () => {
  const types = contributes.debuggers.map(({ type }: { type: string }) => type).sort();
  assert.deepEqual(brought('registerDebugAdapterDescriptorFactory'), types);
});

test('the window has one handler of links, and no item in the status bar twice', () => {
  assert.equal(brought('registerUriHandler').length, 1);
  const items = brought('createStatusBarItem');
  assert.ok(items.includes('celeriac.status'));
  assert.deepEqual(items, [...new Set(items)]);
});

test('nothing stays registered when the extension goes', async () => {
  for (const each of subscriptions.splice(0).reverse()) each.dispose();
  await deactivate();
  assert.deepEqual(registrations, []);
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { declaredSettings, readManifest } from '../unit/readManifest.ts';
import { openScene, type Scene } from './harness/scene.ts';

const properties: Readonly<Record<string, { readonly default: unknown }>> = declaredSettings();
const { restrictedConfigurations } = readManifest().capabilities.untrustedWorkspaces;

/** Another value than the default, of the same kind, as a workspace would write it to its advantage. */
const otherThan = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length > 0 ? [] : ['/**'];
  if (typeof value === 'object') return { enabled: false };
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${value}x`;
};

const written = Object.fromEntries(
  Object.entries(properties)
    .filter(([key]) => key !== 'celeriac.debug.codeLens')
    .map(([key, { default: value }]) => [key, otherThan(value)]),
);

const layOut = (): string => {
  const workspace = mkdtempSync(join(tmpdir(), 'celeriac-settings-'));
  mkdirSync(join(workspace, '.vscode'));
  writeFileSync(join(workspace, '.vscode', 'settings.json'), JSON.stringify(written));
  return workspace;
};

/** What holds in the window, of what its workspace has written. */
const takenIn = async ({ window }: Scene): Promise<string[]> => {
  const held = await window.evaluate<Record<string, unknown>, string[]>(
    (vscode, keys) => Object.fromEntries(keys.map((key) => [key, vscode.workspace.getConfiguration().get(key)])),
    Object.keys(written),
  );
  return Object.keys(written).filter((key) => holds(held[key], written[key]));
};

/** VS Code fills an object up with what it has by default. */
const holds = (value: unknown, wanted: unknown): boolean =>
  isRecord(value) && isRecord(wanted)
    ? Object.entries(wanted).every(([name, each]) => value[name] === each)
    : JSON.stringify(value) === JSON.stringify(wanted);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

describe('the settings of a workspace', () => {
  const workspace = layOut();
  let scene: Scene | null = null;
  after(() => rmSync(workspace, { recursive: true, force: true }));
  const opened = async (trust: boolean): Promise<Scene> => {
    scene = await openScene({
      settings: () => ({ 'celeriac.workers.lostAfterMs': 20_000 }),
      workspace,
      trust,
      bridge: true,
    });
    return scene;
  };
  const close = async (): Promise<void> => {
    await scene?.close();
    scene = null;
  };

  test('hold none of the product’s before it is trusted', async () => {
    try {
      assert.deepEqual(await takenIn(await opened(false)), []);
      assert.ok(readFileSync(join(workspace, '.vscode', 'settings.json'), 'utf8').includes('redact.patterns'));
    } finally {
      await close();
    }
  });

  test('hold once it is trusted, but for those that only the person at the machine decides', async () => {
    try {
      assert.deepEqual((await takenIn(await opened(true))).sort(), [...restrictedConfigurations].sort());
    } finally {
      await close();
    }
  });
});

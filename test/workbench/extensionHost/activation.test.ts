import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Tests } from './events.ts';

const extension = () =>
  vscode.extensions.getExtension('celeriac.celeriac') ?? assert.fail('Celeriac is not installed.');

export const tests: Tests = {
  'the extension activates': async () => {
    await extension().activate();
    assert.ok(extension().isActive);
  },
  'every command of the manifest is there, and none besides': async () => {
    const manifest: { contributes: { commands: { command: string }[] } } = extension().packageJSON;
    const declared = manifest.contributes.commands.map(({ command }) => command);
    // VS Code itself adds commands for each view: focus, open, resetViewLocation, toggleVisibility …
    const ofViews = /^celeriac\.\w+\.(focus|open|removeView|resetViewLocation|toggleVisibility|refresh|collapseAll)$/;
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('celeriac.'));
    assert.deepEqual(registered.filter((id) => !ofViews.test(id)).sort(), declared.sort());
  },
  'the settings have their defaults': () => {
    const settings = vscode.workspace.getConfiguration('celeriac');
    assert.deepEqual(settings.inspect('connections')?.defaultValue, []);
    assert.equal(settings.inspect('workers.lostAfterMs')?.defaultValue, 20_000);
  },
};

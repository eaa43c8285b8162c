import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type * as vscode from 'vscode';
import { eventually } from './harness/eventually.ts';
import { openScene, type Scene } from './harness/scene.ts';

const code = `from celery import Celery
from celery.schedules import crontab

app = Celery("shop")
app.conf.beat_schedule = {"nightly": {"task": "tasks.report", "schedule": crontab(hour=3)}}


@app.task
async def report():
    pass
`;

type Api = typeof vscode;

/** Opens the file and says which rules its problems are of. */
const rulesIn = (scene: Scene, file: string): Promise<string[]> =>
  scene.window.evaluate<string[], string>(async (api: Api, path) => {
    const uri = api.Uri.file(path);
    await api.window.showTextDocument(uri);
    return api.languages.getDiagnostics(uri).map(({ code: rule }) => String(rule));
  }, file);

const fixFirst = (scene: Scene, file: string): Promise<string> =>
  scene.window.evaluate<string, string>(async (api: Api, path) => {
    const uri = api.Uri.file(path);
    const [first] = api.languages.getDiagnostics(uri);
    const actions = await api.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      first?.range,
    );
    const fix = actions.find(({ isPreferred }) => isPreferred);
    if (fix?.edit) await api.workspace.applyEdit(fix.edit);
    return (await api.workspace.openTextDocument(uri)).getText();
  }, file);

describe('problems of code', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'celeriac-code-'));
  const file = join(workspace, 'tasks.py');
  writeFileSync(file, code);
  after(() => rmSync(workspace, { recursive: true, force: true }));

  test('stand in the editor with their fixes, for text that is not saved, too', async () => {
    const scene = await openScene({ settings: () => ({}), workspace, bridge: true });
    try {
      await eventually(async () =>
        assert.deepEqual(await rulesIn(scene, file), ['crontab-every-minute', 'async-task']),
      );
      await scene.window.screenshot('problems-of-code');
      assert.match(await fixFirst(scene, file), /crontab\(minute=0, hour=3\)/);
      await eventually(async () => assert.deepEqual(await rulesIn(scene, file), ['async-task']));
    } finally {
      await scene.close();
    }
  });
});

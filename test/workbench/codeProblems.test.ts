import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type * as vscode from 'vscode';
import type { LabRedis } from '../lab/lab.ts';
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
    return api.languages
      .getDiagnostics(uri)
      .map(({ code: rule }) => String(typeof rule === 'object' ? rule.value : rule));
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

/** As the lab's worker runs them. */
const shop = `from celery import Celery

app = Celery("shop")


@app.task(name="lab.echo", max_retries=3)
def echo(value, times: int = 1):
    fail.delay()


@app.task(name="lab.fail")
def fail(message="as told"):
    pass


def view():
    echo.delay(1)
    app.send_task("lab.echo", args=[1])
`;

/** What the editor knows of the word at a place: each answer as lines of text. */
const knownAt = (scene: Scene, file: string, line: number, character: number) =>
  scene.window.evaluate(
    async (api: Api, place) => {
      const uri = api.Uri.file(place.file);
      await api.window.showTextDocument(uri);
      const at = new api.Position(place.line, place.character);
      const ask = <T>(command: string, ...given: unknown[]) => api.commands.executeCommand<T>(command, ...given);
      const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
      const definitions = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider', uri, at);
      const references = await ask<vscode.Location[]>('vscode.executeReferenceProvider', uri, at);
      const symbols = await ask<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'celery:echo');
      const [item] = await ask<vscode.CallHierarchyItem[]>('vscode.prepareCallHierarchy', uri, at);
      const incoming = item ? await ask<vscode.CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', item) : [];
      const outgoing = item ? await ask<vscode.CallHierarchyOutgoingCall[]>('vscode.provideOutgoingCalls', item) : [];
      const texts = hovers.flatMap(({ contents }) =>
        contents.map((each) => (typeof each === 'string' ? each : each.value).replaceAll('\\', '')),
      );
      return {
        hover: texts.join('\n'),
        definitions: definitions.map(({ targetRange }) => targetRange.start.line),
        references: references.map(({ range }) => range.start.line),
        symbols: symbols.map(({ name }) => name),
        incoming: incoming.map(({ from }) => from.name),
        outgoing: outgoing.map(({ to }) => to.name),
      };
    },
    { file, line, character },
  );

describe('code', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'celeriac-code-'));
  const file = join(workspace, 'tasks.py');
  const shopFile = join(workspace, 'shop.py');
  writeFileSync(file, code);
  writeFileSync(shopFile, shop);
  let scene: Scene;
  let broker: LabRedis;
  before(async () => {
    scene = await openScene({
      workspace,
      bridge: true,
      settings: async (lab) => {
        broker = await lab.redis();
        await lab.worker({ broker, name: 'api', concurrency: 1, queues: ['default'] });
        return { 'celeriac.connections': [{ name: 'shop', url: broker.url }] };
      },
    });
  });
  after(async () => {
    await scene?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  test('has its problems in the editor with their fixes, for text that is not saved, too', async () => {
    await eventually(async () => assert.deepEqual(await rulesIn(scene, file), ['crontab-every-minute', 'async-task']));
    await scene.window.screenshot('problems-of-code');
    assert.match(await fixFirst(scene, file), /crontab\(minute=0, hour=3\)/);
    await eventually(async () => assert.deepEqual(await rulesIn(scene, file), ['async-task']));
  });

  test('shows what the connection knows of a task, and leads from its name to its code', async () => {
    await scene.lab.send({ broker, task: 'lab.echo', args: [1], count: 3 });
    await scene.lab.send({ broker, task: 'lab.fail', count: 2 });
    await eventually(async () => {
      const known = await knownAt(scene, shopFile, 17, 26);
      assert.match(known.hover, /lab\.echo/);
      assert.match(known.hover, /echo\(value, times: int = 1\) · queue celery/);
      assert.match(known.hover, /max_retries=3/);
      assert.match(known.hover, /p95 .* · 0% failed · 0 waiting · 0 running/);
      assert.match(known.hover, /api@lab/);
      assert.deepEqual(known.definitions, [6]);
      assert.deepEqual(known.references, [6, 16, 17]);
      assert.deepEqual(known.symbols, ['celery:lab.echo']);
      assert.deepEqual(known.incoming, ['shop.view']);
      assert.deepEqual(known.outgoing, ['lab.fail']);
    }, 30_000);
    const lenses = () => scene.window.page.locator('.codelens-decoration').allInnerTexts();
    const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
    await eventually(async () => {
      const [echo = '', fail = ''] = (await lenses()).map(inOneLine).filter((text) => text.includes('waiting'));
      assert.match(echo, /p95 .* failed · 0 waiting · 0 running \| 2 uses \| Send… \| Run Under Debugger/);
      assert.match(fail, /100% failed .* \| 2 failures \| 1 use \| Send…/);
    }, 30_000);
    await scene.window.page.locator('.view-line', { hasText: 'send_task' }).getByText('lab.echo').hover();
    await scene.window.page.locator('.monaco-hover:not(.hidden)', { hasText: 'Registered by' }).first().waitFor();
    await scene.window.screenshots('code-of-a-task');
  });

  test('completes names of tasks and shows their signatures while they are typed', async () => {
    const { page } = scene.window;
    const type = (text: string, command: string) =>
      scene.window.evaluate(
        async (api: Api, given) => {
          const editor = await api.window.showTextDocument(api.Uri.file(given.file));
          const { document } = editor;
          const end = document.lineAt(document.lineCount - 1).range.end;
          await editor.edit((edit) => edit.insert(end, given.text));
          const at = document.lineAt(document.lineCount - 1).range.end;
          editor.selection = new api.Selection(at, at);
          editor.revealRange(editor.selection);
          await api.commands.executeCommand(given.command);
        },
        { file: shopFile, text, command },
      );
    await type('\n\ndef more():\n    app.send_task("', 'editor.action.triggerSuggest');
    const suggestions = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'lab.echo' });
    await suggestions.first().waitFor();
    await scene.window.screenshot('completion-of-a-task');
    await page.keyboard.press('Escape');
    await type('lab.fail")\n    echo.delay(1, ', 'editor.action.triggerParameterHints');
    const hint = page.locator('.parameter-hints-widget.visible');
    await eventually(async () => assert.match(await hint.innerText(), /echo\(value, times: int = 1\)/));
    assert.equal(await hint.locator('.parameter.active').innerText(), 'times: int = 1');
    await scene.window.screenshot('signature-of-a-task');
  });
});

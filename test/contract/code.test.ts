import assert from 'node:assert/strict';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { ensurePython } from '../../scripts/setup/python.ts';
import { applyFixes } from '../../server/code/applyFixes.ts';
import { checkCode } from '../../server/code/checkCode.ts';
import { readWorkspace } from '../../server/code/workspaceSource.ts';
import { execute } from '../lab/execute.ts';
import { indexOf } from '../unit/code/indexOf.ts';
import { messageCases } from '../unit/code/messageCases.ts';
import { settingCases } from '../unit/code/settingCases.ts';
import { taskCases } from '../unit/code/taskCases.ts';
import { readFacts } from './readFacts.ts';

const here = (file: string): string => join(import.meta.dirname, file);
const folders: string[] = [];

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'celeriac-code-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};

const celery = async (t: TestContext): Promise<string | null> => {
  try {
    return (await ensurePython('5.7', () => undefined)).python;
  } catch (error) {
    t.skip(error instanceof Error ? error.message : String(error));
    return null;
  }
};

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('code is read as Python and Celery read it', () => {
  it('every definition, call and import of Celery, kombu and their company is where Python finds it', async (t) => {
    const python = await celery(t);
    if (python === null) return;
    const { stdout: site } = await execute(
      python,
      ['-c', 'import celery; print(celery.__file__.rsplit("/", 2)[0])'],
      {},
    );
    const files = globSync('{celery,kombu,amqp,redis,click,billiard}/**/*.py', { cwd: site.trim() }).map((file) =>
      join(site.trim(), file),
    );
    assert.ok(files.length > 200);
    const { stdout, code, stderr } = await execute(python, [here('pythonFacts.py')], {
      input: `${files.join('\n')}\n`,
      timeoutMs: 120_000,
    });
    assert.equal(code, 0, stderr);
    const wanted = stdout
      .trim()
      .split('\n')
      .map((line): unknown[] | null => JSON.parse(line));
    for (const [at, file] of files.entries()) {
      const expected = wanted[at];
      if (!expected) continue;
      const sorted = (facts: readonly unknown[]): string[] => facts.map((each) => JSON.stringify(each)).sort();
      assert.deepEqual(sorted(readFacts(readFileSync(file, 'utf8'))), sorted(expected), file);
    }
  });

  it('tasks have the names that Celery gives them', async (t) => {
    const python = await celery(t);
    if (python === null) return;
    const folder = folderWith({
      'shop/__init__.py': 'from .app import app\n',
      'shop/app.py': 'from celery import Celery\napp = Celery("shop")\n',
      'shop/orders.py':
        'from celery import shared_task as job\nfrom .app import app\nPREFIX = "shop"\n@app.task\ndef charge(): pass\n@job(name=PREFIX + ".refund")\ndef refund(): pass\n@app.task(bind=True)\ndef ship(self): pass\n',
      'shop/classes.py':
        'from celery import Task\nfrom shop import app\nclass Sync(Task):\n    def run(self): pass\nclass Named(Task):\n    name = "named.one"\n    def run(self): pass\nsync = app.register_task(Sync())\nnamed = app.register_task(Named())\ndef plain(): pass\nwrapped = app.task(plain)\n',
      'shop/deep/__init__.py': '',
      'shop/deep/more.py':
        'from functools import partial\nfrom ..app import app\nmake = partial(app.task, bind=True)\n@make\ndef run_it(self): pass\n',
    });
    const modules = ['shop.orders', 'shop.classes', 'shop.deep.more'];
    const asked = await execute(python, [here('codeNames.py'), 'shop.app', ...modules], {
      cwd: folder,
      env: { PYTHONPATH: folder },
    });
    assert.equal(asked.code, 0, asked.stderr);
    const { index } = await readWorkspace([folder]);
    assert.deepEqual(index.tasks.map(({ name }) => name).sort(), JSON.parse(asked.stdout));
  });

  it('what a fix writes is Python, and silences its rule', async (t) => {
    const python = await celery(t);
    if (python === null) return;
    let fixed = 0;
    const texts: string[] = [];
    for (const [id, { bad }] of Object.entries({ ...taskCases, ...messageCases, ...settingCases }))
      for (const { files } of bad) {
        const findings = checkCode(indexOf(files), { isAsked: (rule) => rule.id === id });
        const mended = { ...files };
        for (const [path, text] of Object.entries(files)) {
          const own = findings.filter(({ file, fix }) => file === path && fix.length > 0);
          if (own.length === 0) continue;
          const result = applyFixes(text, own);
          fixed += result.fixed;
          mended[path] = result.text;
          texts.push(result.text);
          const left = checkCode(indexOf(mended), { isAsked: (rule) => rule.id === id }).filter(
            ({ file }) => file === path,
          );
          assert.equal(
            left.length,
            findings.filter(({ file }) => file === path).length - result.fixed,
            `${id}:\n${result.text}`,
          );
        }
      }
    assert.ok(fixed > 15);
    const check = 'import json, sys\nfor text in json.load(sys.stdin): compile(text, "fixed.py", "exec")';
    const { code, stderr } = await execute(python, ['-c', check], { input: JSON.stringify(texts) });
    assert.equal(code, 0, stderr);
  });
});

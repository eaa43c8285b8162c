import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCode, FindingCache } from '../../../server/code/checkCode.ts';
import { CodeIndex } from '../../../server/code/codeIndex.ts';

const present = new Set(['pyproject.toml']);

const files: Readonly<Record<string, string>> = {
  'shop/__init__.py': '',
  'shop/app.py': `from celery import Celery
app = Celery("shop")
app.conf.beat_schedule = {"a": {"task": "shop.tasks.ship", "schedule": 60}}
def make(function):
    return app.task(function)
`,
  'shop/tasks.py': `from .app import app, make
from .plain import plain
@app.task
def ship(order):
    plain.delay(order)
@make
def made(): ...
wrapped = app.task(plain)
`,
  'shop/plain.py': 'from celery import current_app\ndef plain(order):\n    return order\n',
  'shop/views.py': 'from .tasks import ship, made\ndef view():\n    ship.delay(1)\n    made.delay()\n',
};

type Texts = Readonly<Record<string, string>>;

const retyped = (before: CodeIndex, path: string, text: string): CodeIndex => {
  const sources = before.files.map((file) =>
    file.path === path ? { path, text } : { path: file.path, text: file.syntax.text, syntax: file.syntax },
  );
  return new CodeIndex(sources, present, [], before);
};

const fresh = (texts: Texts): CodeIndex =>
  new CodeIndex(
    Object.entries(texts).map(([path, text]) => ({ path, text })),
    present,
  );

const saysOf = (index: CodeIndex, cache?: FindingCache) => ({
  tasks: index.tasks.map(({ name, file, line }) => `${name} ${file}:${line}`),
  uses: index.uses.map(({ kind, task, file, start }) => `${kind} ${task} ${file}:${start}`),
  defined: index.files.flatMap(({ syntax }) => syntax.body.map((each) => index.taskOfDefinition(each)?.name)),
  findings: checkCode(index, cache ? { cache } : {}),
});

/** What people do to code while they type. */
const edits: readonly (readonly [path: string, from: string, to: string])[] = [
  ['shop/views.py', 'ship.delay(1)', 'ship.delay(1, 2)'],
  ['shop/views.py', 'ship.delay(1, 2)', 'ship.del'],
  ['shop/plain.py', '    return order', '    x = 1\n    return order'],
  ['shop/plain.py', 'def plain(order)', 'def plain(order, more)'],
  ['shop/tasks.py', 'plain.delay(order)', 'plain.delay('],
  ['shop/tasks.py', 'def ship(order)', 'async def ship(order)'],
  ['shop/tasks.py', '@app.task\n', '@app.task(name="renamed")\n'],
  ['shop/app.py', '    return app.task(function)', '    return function'],
  ['shop/app.py', '"schedule": 60', '"schedule": 6'],
  ['shop/tasks.py', 'plain.delay(', 'plain.delay(order)'],
  ['shop/app.py', 'app = Celery("shop")', 'app = object()'],
  ['shop/views.py', 'def view', '\n\ndef view'],
];

test('an index that follows what is typed says the same as one that is read anew', () => {
  const texts: Record<string, string> = { ...files };
  let index = fresh(texts);
  const cache = new FindingCache();
  assert.deepEqual(saysOf(index, cache), saysOf(fresh(texts)));
  const kept: boolean[] = [];
  for (const [path, from, to] of edits) {
    const text = texts[path]?.replace(from, to) ?? '';
    assert.notEqual(text, texts[path], `${path}: ${from}`);
    texts[path] = text;
    const next = retyped(index, path, text);
    kept.push(next.lineage === index.lineage);
    index = next;
    assert.deepEqual(saysOf(index, cache), saysOf(fresh(texts)), `${path}: ${to}`);
  }
  // What happens inside a function concerns its file alone; an open bracket takes in what follows.
  assert.deepEqual(kept, [true, true, true, false, false, false, false, false, false, false, false, true]);
});

test('what is typed in a function leaves the findings of other files as they are', () => {
  const index = fresh(files);
  const next = retyped(index, 'shop/views.py', 'from .tasks import ship, made\ndef view():\n    pass\n');
  assert.equal(next.lineage, index.lineage);
  assert.equal(next.file('shop/tasks.py'), index.file('shop/tasks.py'));
});

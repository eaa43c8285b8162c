import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PythonNode } from '../../../server/language/pythonParser.ts';
import { pythonString } from '../../../server/language/pythonString.ts';
import { aPythonParser } from './aPythonParser.ts';

const parser = await aPythonParser();

const stringOf = (text: string, fill?: (node: PythonNode) => string | null): string | null =>
  parser.read(text, (root) => {
    const expression = root.child(0)?.child(0);
    assert.ok(expression);
    return pythonString(expression, fill);
  });

test('reads code and gives nodes with their place', () => {
  const place = parser.read('import os\n\n@app.task\ndef add(x, y):\n    return x + y\n', (root) => {
    const task = root.namedChildren.at(-1)?.childForFieldName('definition');
    return { name: task?.childForFieldName('name')?.text, line: task?.startPosition.row };
  });
  assert.deepEqual(place, { name: 'add', line: 3 });
});

test('reads what it can of broken code', () => {
  const names = parser.read('a = 1\ndef (:\nb = 2\n', (root) =>
    root.descendantsOfType('assignment').map((each) => each?.childForFieldName('left')?.text),
  );
  assert.ok(names?.includes('a'));
});

test('gives up a text that takes too long or is nested too deeply, and reads the next one', () => {
  const before = performance.now();
  assert.equal(
    parser.read('$A'.repeat(100_000), () => true),
    null,
  );
  assert.ok(performance.now() - before < 5_000);
  const depth = (node: PythonNode | null): number => 1 + Math.max(0, ...(node?.children ?? []).map(depth));
  assert.equal(parser.read(`${'('.repeat(20_000)}1${')'.repeat(20_000)}`, depth), null);
  assert.ok((parser.read('x = 1\n', depth) ?? 0) > 2);
});

test('knows what a string stands for', () => {
  assert.equal(stringOf('"redis://h"'), 'redis://h');
  assert.equal(stringOf("'a\\n\\x41\\'\\\\'"), "a\nA'\\");
  assert.equal(stringOf('r"a\\n"'), 'a\\n');
  assert.equal(stringOf('"""two\nlines"""'), 'two\nlines');
  assert.equal(stringOf('("redis://" "host")'), null);
  assert.equal(stringOf('"redis://" \'host\''), 'redis://host');
  assert.equal(stringOf('""'), '');
  assert.equal(stringOf("'{{ name }}'"), '{{ name }}');
});

test('does not guess what the text alone does not tell', () => {
  assert.equal(stringOf('b"bytes"'), null);
  assert.equal(stringOf('f"{host}"'), null);
  assert.equal(
    stringOf('f"{port:04d}"', () => '1'),
    null,
  );
});

test('fills in the names of an f-string', () => {
  assert.equal(
    stringOf('f"redis://{host}:{{6}}"', (node) => (node.text === 'host' ? 'h' : null)),
    'redis://h:{6}',
  );
});

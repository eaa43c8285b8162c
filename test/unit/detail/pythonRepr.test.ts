import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ValueNode } from '../../../server/api/taskDetail.ts';
import { readPythonRepr } from '../../../server/detail/pythonRepr.ts';

/** Short to write down: leaves by their text, the rest by kind and items. */
const outline = (node: ValueNode): unknown =>
  'items' in node
    ? [
        node.name || node.kind,
        ...node.items.map(({ key, value }) => (key === null ? outline(value) : [key, '=', outline(value)])),
      ]
    : node.text;

const read = (text: string): unknown => {
  const found = readPythonRepr(text);
  return found && outline(found.tree);
};

describe('the repr of a Python value', () => {
  it('is read with all of its brackets', () => {
    assert.deepEqual(read("('a', [1, -2.5e3, True], {'k': None, 3: (4,)})"), [
      'tuple',
      "'a'",
      ['list', '1', '-2.5e3', 'True'],
      ['dict', ["'k'", '=', 'None'], ['3', '=', ['tuple', '4']]],
    ]);
    assert.deepEqual(read('{}'), ['dict']);
    assert.deepEqual(read("{1, 'x'}"), ['set', '1', "'x'"]);
  });

  it('keeps what is no literal as it is written', () => {
    assert.deepEqual(
      read("[<Order 4711, paid>, Decimal('1.20'), datetime.date(2026, 1, 2), Card(token='x', ok=True), Color.RED]"),
      [
        'list',
        '<Order 4711, paid>',
        ['Decimal', "'1.20'"],
        ['datetime.date', '2026', '1', '2'],
        ['Card', ['token', '=', "'x'"], ['ok', '=', 'True']],
        'Color.RED',
      ],
    );
  });

  it('is not misled by quotes, brackets and commas in strings', () => {
    assert.deepEqual(read(String.raw`['it\'s, (so', "a 'b'", b'\x00', r'\d']`), [
      'list',
      String.raw`'it\'s, (so'`,
      `"a 'b'"`,
      String.raw`b'\x00'`,
      String.raw`r'\d'`,
    ]);
  });

  it('says where it was cut off, as Celery cuts it and as a plain cut leaves it', () => {
    for (const text of ["['abc', ...]", "{'a': 'xxx...', ...}", "('abc', {'k': [1, 'lon", '[1, 2', "'abc", "['a', …"]) {
      const found = readPythonRepr(text);
      assert.equal(found?.isCut, true, text);
    }
    assert.deepEqual(read("{'a': [1, 'lon"), ['dict', ["'a'", '=', ['list', '1', "'lon"]]]);
    assert.equal(readPythonRepr("['a...b']")?.isCut, false);
  });

  it('gives up on what is no value, however long or deep', () => {
    assert.equal(read('[1, 2]]'), null);
    assert.equal(read('{[}'), null);
    assert.equal(read('['.repeat(100_000)), null);
    assert.equal(read(`[${'1, '.repeat(100_000)}]`), null);
  });
});

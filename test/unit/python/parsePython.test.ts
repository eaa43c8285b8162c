import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePython } from '../../../server/python/parsePython.ts';
import { walk } from '../../../server/python/walk.ts';

const kindsOf = (text: string): string[] => parsePython(text).body.map(({ kind }) => kind);

const countOf = (text: string): number => {
  let count = 0;
  walk(parsePython(text).body, () => {
    count++;
    return undefined;
  });
  return count;
};

describe('Python is read without being run', () => {
  it('reads today’s syntax', () => {
    const text =
      'def f[T](a, /, b: int = 1, *c, d, **e) -> T: ...\nasync def g():\n    async with (a as b, c):\n        await x\nmatch x:\n    case {"a": [1, *_]} if y:\n        pass\n    case _:\n        pass\ntype X = int\nprint(f"{a!r:>{w}} {b["c"]}" f\'\')\ntry:\n    pass\nexcept* (A, B) as e:\n    pass\n';
    assert.deepEqual(kindsOf(text), ['def', 'def', 'match', 'other', 'expression', 'try']);
    assert.equal(parsePython(text).unreadableAt, null);
  });

  it('loses a line to what it cannot read, not the file', () => {
    const text = 'a = 1\ndef f(:\n    return (\nb = ]\nclass C:\n    x = 1\n';
    assert.ok(kindsOf(text).includes('class') || countOf(text) > 3);
    assert.notEqual(parsePython(text).unreadableAt, null);
    assert.deepEqual(kindsOf('x = ]\ny = 2\n'), ['assign', 'assign']);
    assert.deepEqual(kindsOf('print "old"\nexec "x"\ny = 2\n'), ['other', 'other', 'assign']);
  });

  it('bears hostile code: neither its depth nor its length ends the process', () => {
    const size = 100_000;
    const hostile = [
      '('.repeat(size),
      `x = ${'['.repeat(size)}${']'.repeat(size)}`,
      `x = ${'-'.repeat(size)}1`,
      `x = ${'not '.repeat(size)}1`,
      `x = ${'lambda: '.repeat(size)}1`,
      `x = ${'a if b else '.repeat(size)}1`,
      `x = ${'1 + '.repeat(size)}1`,
      `x = a${'.b'.repeat(size)}`,
      `x = a${'()'.repeat(size)}`,
      `x = ${'2 ** '.repeat(size)}2`,
      `${'@a\n'.repeat(size)}def f(): pass`,
      `x = f"${'{'.repeat(size)}"`,
      `x = ${'f"{'.repeat(2_000)}`,
      `if a: ${'if b: '.repeat(size)}pass`,
      `if a:\n  pass\n${'elif b:\n  pass\n'.repeat(size / 10)}`,
      Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}if a:`).join('\n'),
      '"'.repeat(size + 1),
      '\\\n'.repeat(size),
      '\t\r\f\v'.repeat(size),
    ];
    for (const text of hostile) {
      assert.ok(parsePython(text).body.length >= 0);
      assert.ok(countOf(text) < 1_000_000);
    }
  });
});

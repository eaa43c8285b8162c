import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonExpression } from '../../../server/language/pythonExpression.ts';
import { readTasks } from '../../../server/language/readTasks.ts';
import { parsePython } from '../../../server/python/parsePython.ts';

const expressionOf = (text: string) => {
  const [statement] = parsePython(text).body;
  assert.ok(statement?.kind === 'expression');
  return pythonExpression(statement.value);
};
const literal = (value: unknown) => ({ kind: 'literal', value });
const unknown = { kind: 'unknown' };

test('a string is what it stands for, with its escapes and its neighbours', () => {
  assert.deepEqual(expressionOf('"redis://h"'), literal('redis://h'));
  assert.deepEqual(expressionOf("'a\\n\\x41\\'\\\\'"), literal("a\nA'\\"));
  assert.deepEqual(expressionOf('r"a\\n"'), literal('a\\n'));
  assert.deepEqual(expressionOf('"redis://" \'host\''), literal('redis://host'));
  assert.deepEqual(expressionOf("'{{ name }}'"), literal('{{ name }}'));
});

test('an f-string is its texts and its expressions, and a formatted one is not guessed', () => {
  const host = { kind: 'name', path: ['settings', 'host'] };
  assert.deepEqual(expressionOf('f"redis://{settings.host}:{{6}}"'), {
    kind: 'text',
    parts: [literal('redis://'), host, literal(':{6}')],
  });
  assert.deepEqual(expressionOf('"amqp://" f"{settings.host!s}" "/v"'), {
    kind: 'text',
    parts: [literal('amqp://'), literal(''), host, literal(''), literal('/v')],
  });
  assert.deepEqual(expressionOf('f"{port:04d}"'), { kind: 'text', parts: [literal(''), unknown, literal('')] });
  assert.deepEqual(expressionOf('b"bytes"'), unknown);
});

test('names, conditions, subscripts and formats are followed', () => {
  assert.deepEqual(expressionOf('os.environ["URL"]'), { kind: 'environment', variable: 'URL', fallback: null });
  assert.deepEqual(expressionOf('os.getenv("URL", "x")'), {
    kind: 'environment',
    variable: 'URL',
    fallback: literal('x'),
  });
  assert.deepEqual(expressionOf('"a" if b else None'), { kind: 'either', options: [literal('a'), literal(null)] });
  assert.deepEqual(expressionOf('"%s:%s" % ("h", 1)'), {
    kind: 'text',
    parts: [literal(''), literal('h'), literal(':'), literal(1), literal('')],
  });
  assert.deepEqual(expressionOf('a + b()[0]'), { kind: 'text', parts: [{ kind: 'name', path: ['a'] }, unknown] });
});

test('the name of a task may be an f-string of names of the module', () => {
  const text = 'BASE = "shop"\nNAME = f"{BASE}.pay"\n@app.task(name=NAME)\ndef pay(): ...\n';
  assert.deepEqual(
    readTasks(text).tasks.map(({ name }) => name),
    ['shop.pay'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, readFieldValue, withField } from '../../../../extension/sendTask/callFields.ts';
import type { CallParameter } from '../../../../server/api/codePages.ts';

const parameter = (name: string, kind: CallParameter['kind'] = 'regular'): CallParameter => ({
  name,
  kind,
  annotation: null,
  default: null,
});
const [a, b, key] = [parameter('a'), parameter('b'), parameter('key', 'keyword')];
const [rest, keywords] = [parameter('rest', 'rest'), parameter('more', 'keywords')];

test('a call is shown parameter by parameter, numbers as they are written', () => {
  const sides = { argsJson: '[1.0, "x", 3]', kwargsJson: '{"key": null, "other": [2]}' };
  assert.deepEqual(
    fieldsOf([a, b, rest, key, keywords], sides).map(({ json }) => json),
    ['1.0', '"x"', '[3]', 'null', '{"other": [2]}'],
  );
  assert.deepEqual(
    fieldsOf([a, b], { argsJson: '[]', kwargsJson: '{"b": 2}' }).map(({ json }) => json),
    [null, '2'],
  );
});

test('a changed field changes nothing else of the call', () => {
  const sides = { argsJson: '[1, 2]', kwargsJson: '{"key": 3}' };
  const parameters = [a, b, key];
  assert.deepEqual(withField(parameters, sides, 'b', '5'), { argsJson: '[1, 5]', kwargsJson: '{"key": 3}' });
  assert.deepEqual(withField(parameters, sides, 'a', null), { argsJson: '[]', kwargsJson: '{"key": 3, "b": 2}' });
  assert.deepEqual(withField(parameters, sides, 'key', null), { argsJson: '[1, 2]', kwargsJson: '{}' });
  const empty = { argsJson: '[]', kwargsJson: '{}' };
  assert.deepEqual(withField(parameters, empty, 'b', '1'), { argsJson: '[]', kwargsJson: '{"b": 1}' });
  const first = parameter('first', 'positional');
  assert.deepEqual(withField([first], empty, 'first', '1'), { argsJson: '[1]', kwargsJson: '{}' });
  assert.deepEqual(withField([a, rest], { argsJson: '[]', kwargsJson: '{"a": 1}' }, 'rest', '[2, 3]'), {
    argsJson: '[1, 2, 3]',
    kwargsJson: '{}',
  });
  assert.deepEqual(withField([a, keywords], { argsJson: '[1]', kwargsJson: '{"x": 1}' }, 'more', '{"y": 2}'), {
    argsJson: '[1]',
    kwargsJson: '{"y": 2}',
  });
});

test('a bare text is a string where the parameter takes one, and else a slip', () => {
  assert.deepEqual(readFieldValue('hello there', { kind: 'regular', annotation: 'str | None' }), {
    json: '"hello there"',
  });
  assert.deepEqual(readFieldValue('None', { kind: 'regular', annotation: 'str' }), { json: 'null' });
  assert.ok('problem' in readFieldValue('hello there', { kind: 'regular', annotation: 'int' }));
  assert.deepEqual(readFieldValue('1, 2', { kind: 'rest', annotation: null }), { json: '[1, 2]' });
  assert.deepEqual(readFieldValue('7', { kind: 'rest', annotation: null }), { json: '[7]' });
});

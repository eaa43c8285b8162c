import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonDefect } from '../../../../extension/sendTask/jsonDefect.ts';

test('finds nothing wrong with JSON of the wanted kind', () => {
  const good = ['[]', ' [1, -2.5e3, "a\\n\\u00e9", true, null, {"a": [ ]}] ', '[1.0, 12345678901234567890]'];
  for (const text of good) assert.equal(jsonDefect(text, 'array'), null, text);
  assert.equal(jsonDefect('{"to": "anna", "n": {}}', 'object'), null);
});

test('agrees with JSON.parse about what is JSON', () => {
  const texts = [
    '',
    '[',
    '[1',
    '[1,]',
    '[01]',
    '[1 2]',
    '{"a"}',
    '{a: 1}',
    '["a]',
    '[1]]',
    '[.5]',
    '[+1]',
    '"\\x"',
    'nul',
  ];
  for (const text of texts) {
    assert.throws(() => JSON.parse(text), text);
    assert.notEqual(jsonDefect(text, 'array'), null, text);
  }
});

test('says at which character it stops being JSON, and what is expected there', () => {
  assert.equal(jsonDefect('[1 2]', 'array'), 'A comma or ] is missing, at character 4.');
  assert.equal(jsonDefect('{"a" 1}', 'object'), 'A colon is missing, at character 6.');
  assert.equal(jsonDefect('[1,', 'array'), 'Something is missing, at character 4.');
  assert.equal(jsonDefect('[1] x', 'array'), 'Nothing may follow here, at character 5.');
});

test('knows what Python writes in other ways', () => {
  assert.equal(jsonDefect("['a']", 'array'), 'JSON writes texts in double quotes, at character 2.');
  assert.equal(jsonDefect('[None]', 'array'), 'JSON writes None as null, at character 2.');
  assert.equal(jsonDefect('[True]', 'array'), 'JSON writes True as true, at character 2.');
});

test('wants an array for args and an object for kwargs', () => {
  assert.match(jsonDefect('{}', 'array') ?? '', /array is needed/);
  assert.match(jsonDefect('[]', 'object') ?? '', /object is needed/);
  assert.match(jsonDefect('1', 'array') ?? '', /array is needed/);
});

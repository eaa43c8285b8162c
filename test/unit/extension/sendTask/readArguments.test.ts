import assert from 'node:assert/strict';
import { test } from 'node:test';
import { argumentsProblem, readArguments, readCallText } from '../../../../extension/sendTask/readArguments.ts';

const read = (text: string, wanted: 'array' | 'object' = 'array'): string => {
  const found = readArguments(text, wanted);
  return 'json' in found ? found.json : found.problem;
};

test('JSON of the wanted kind is sent as it was typed', () => {
  for (const text of ['[]', '[1,  -2.5e3, "a\\n\\u00e9", true, null, {"a": [ ]}]', '[1.0, 12345678901234567890]'])
    assert.equal(read(` ${text} `), text);
  assert.equal(read('{"to": "anna", "n": {}}', 'object'), '{"to": "anna", "n": {}}');
});

test('what Python developers type is converted', () => {
  assert.equal(read("('75269', 1450)"), '["75269", 1450]');
  assert.equal(read("('a', 1,)"), '["a", 1]');
  assert.equal(read('75269, 1450'), '[75269, 1450]');
  assert.equal(read('[True, False, None, (1, 2), (3)]'), '[true, false, null, [1, 2], 3]');
  assert.equal(read(`['it\\'s', "a 'b'", 'é\\x41\\n']`), '["it\'s", "a \'b\'", "éA\\n"]');
  assert.equal(read('[1_000, 2., .5, +3, 1e3]'), '[1000, 2.0, 0.5, 3, 1e3]');
  assert.equal(read("{'to': 'anna', 'at': None}", 'object'), '{"to": "anna", "at": null}');
  assert.equal(read("to='anna', retries=3", 'object'), '{"to": "anna", "retries": 3}');
});

test('nothing typed means no arguments, and comments are left out', () => {
  assert.equal(read(''), '[]');
  assert.equal(read(' ', 'object'), '{}');
  assert.equal(read('[1, // one\n 2 # two\n /* three */]'), '[1, 2]'.replace('2]', '2]'));
});

test('every text that JSON.parse reads is read with the same value', () => {
  for (const text of [
    '[[[]]]',
    '[{"a": {"b": [1, "x\\\\y", "\\/"]}}]',
    '["\\ud83d\\ude00", "\\u0000"]',
    '[-0, 0.10]',
  ]) {
    assert.deepEqual(JSON.parse(read(text)), JSON.parse(text));
    const commented = `${text} // end`;
    assert.deepEqual(JSON.parse(read(commented)), JSON.parse(text));
  }
});

test('a defect is named with the character where it is', () => {
  assert.equal(read('[{"order": "75269", "total": 14}, ]'), 'Trailing comma at character 33.');
  assert.equal(read('{"a": 1,}', 'object'), 'Trailing comma at character 8.');
  assert.equal(read('[1 2]'), 'A comma or ] is missing at character 4.');
  assert.equal(read('{"a" 1}', 'object'), 'A colon is missing at character 6.');
  assert.equal(read('{a: 1}', 'object'), 'A name in quotes is missing at character 2.');
  assert.equal(read('[1,'), 'A value is missing at character 4.');
  assert.equal(read('[1] x'), 'Unexpected text at character 5.');
  assert.equal(read('["a]'), 'This string has no end at character 2.');
  assert.equal(read('[nul]'), 'Unknown word nul at character 2.');
  assert.equal(read("[b'x']"), "JSON has no such string: b'…' at character 2.");
  assert.equal(read('[01]'), 'Unexpected 0 at character 2.');
  assert.equal(read('[?]'), 'Unexpected ? at character 2.');
});

test('deep nesting ends with a sentence', () => {
  assert.match(read('['.repeat(10_000)), /^Too many nested brackets at character 65\.$/);
  assert.equal(argumentsProblem(`${'['.repeat(60)}1${']'.repeat(60)}`, 'array'), null);
});

test('positional arguments are an array, keyword arguments an object', () => {
  assert.match(read('{}'), /in brackets/);
  assert.match(read('1'), /in brackets/);
  assert.match(read('[]', 'object'), /as an object/);
});

test('an edited document holds both sides of a call', () => {
  const text = '// shop.send(to, at)\n{\n  "args": ("anna", 1.0),\n  "kwargs": {"at": None} }';
  assert.deepEqual(readCallText(text), { argsJson: '["anna", 1.0]', kwargsJson: '{"at": null}' });
  assert.deepEqual(readCallText('{}'), { argsJson: '[]', kwargsJson: '{}' });
});

test('a document that is no call says where and why', () => {
  assert.deepEqual(readCallText('{"args": [1, …]}'), { problem: 'Unexpected …', at: 13 });
  assert.deepEqual(readCallText('{"args": {}}'), {
    problem: 'Put the arguments in brackets, such as [1, "two"].',
    at: 1,
  });
  assert.deepEqual(readCallText('{"arg": []}'), { problem: '"arg" is neither "args" nor "kwargs"', at: 2 });
  assert.deepEqual(readCallText('[1]'), { problem: 'Write an object with "args" and "kwargs"', at: 0 });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areAnswerSchemasCurrent } from '../../../../scripts/answerSchemas.ts';

test('the description of the HTTP API says what its types say', () => {
  assert.ok(areAnswerSchemasCurrent(), 'bring it up to date: node scripts/answerSchemas.ts');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpText, knownHelps } from '../../../../extension/commands/helpText.ts';
import { controlMethods, specOf } from '../../../../server/celery/controlCommands.ts';

test('translators find everything that the engine says of commands and their arguments, and nothing else', () => {
  const said = controlMethods
    .map(specOf)
    .flatMap(({ help, positional, named }) => [help, ...[...positional, ...named].map((argument) => argument.help)]);
  assert.deepEqual(Object.keys(knownHelps).sort(), [...new Set(said)].sort());
  assert.deepEqual(Object.keys(knownHelps).map(helpText), Object.keys(knownHelps));
});

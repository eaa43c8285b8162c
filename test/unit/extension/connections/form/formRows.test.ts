import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf } from '../../../../../extension/connections/form/draft.ts';
import { formRows } from '../../../../../extension/connections/form/formRows.ts';
import { optionFields } from '../../../../../extension/connections/form/optionFields.ts';
import { passwordField } from '../../../../../extension/connections/form/passwordField.ts';
import { tlsField } from '../../../../../extension/connections/form/tlsField.ts';
import { urlField } from '../../../../../extension/connections/form/urlField.ts';
import type { ConnectionTest, SuggestedScheme, TestStage } from '../../../../../server/api/connectionTest.ts';
import { plainWords } from '../../../plainWords.ts';

const fields = [urlField(), passwordField(), tlsField(), ...optionFields('/home/ann')];

const failingAt = (stage: TestStage | null, suggestedScheme: SuggestedScheme | null = null): ConnectionTest => ({
  maskedUrl: '',
  brokerKind: 'redis',
  tookMs: 3,
  suggestedScheme,
  stages: stage === null ? [] : [{ stage, outcome: 'failed', tookMs: 1, ...plainWords('It did not work.') }],
});
const labels = (url: string, outcome: ConnectionTest | null): string[] =>
  formRows(draftOf({ url }, {}), fields, outcome && { test: outcome }).map(({ label }) => label);
const first = (url: string, stage: TestStage): string | undefined => labels(url, failingAt(stage))[0];

test('a test that succeeds offers to save first, and so does one without workers', () => {
  assert.equal(labels('redis://host/0', failingAt(null))[0], 'Save and Connect');
  assert.equal(first('redis://host/0', 'ping'), 'Save and Connect');
});

test('a test that fails offers first to correct the field of its stage, and says why before the options', () => {
  assert.equal(first('redis://host/0', 'tcp'), 'Edit URL…');
  assert.equal(first('redis://host/0', 'auth'), 'Correct Password…');
  assert.equal(first('redis://host/99', 'place'), 'Edit URL…');
  assert.equal(first('rediss://host/0', 'tls'), 'Correct Certificates (TLS)…');
  assert.equal(first('filesystem://', 'place'), 'Correct Folder That Workers Read…');
  assert.equal(first('sentinel://host', 'place'), 'Correct Sentinel Master…');
  const rows = labels('redis://host/0', failingAt('auth'));
  assert.ok(rows.indexOf('It did not work.') < rows.indexOf('URL'));
});

test('a scheme that the test suggests comes before everything else', () => {
  const rows = labels('redis://host:5672/0', failingAt('auth', 'amqp'));
  assert.deepEqual(rows.slice(0, 4), ['Use amqp://', 'Correct Password…', 'Test Again', 'Save Anyway']);
});

test('while a test runs, the options are there and the connection can be saved', () => {
  const rows = labels('redis://host/0', null);
  assert.equal(rows[0], 'Save Without Waiting');
  assert.ok(rows.includes('Password'));
});

test('options that few need are one row, until it is chosen or one of them is set', () => {
  const listed = (transportOptions: object, showsAdvanced: boolean): string[] =>
    formRows(draftOf({ url: 'redis://host/0', transportOptions }, {}), fields, null, showsAdvanced).map(
      ({ label }) => label,
    );
  assert.deepEqual(
    listed({}, false).filter((label) => /Prefix|Advanced/.test(label)),
    ['Advanced…'],
  );
  assert.deepEqual(
    listed({}, true).filter((label) => /Prefix|Advanced/.test(label)),
    ['Key Prefix'],
  );
  assert.deepEqual(
    listed({ global_keyprefix: 'shop:' }, false).filter((label) => /Prefix|Advanced/.test(label)),
    ['Key Prefix'],
  );
});

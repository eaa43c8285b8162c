import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CeleriacError, fromErrorData, toErrorData } from '../../../server/api/errors.ts';
import { inWords, phrase, templates } from '../../../server/api/phrase.ts';
import { catalogue } from '../../../server/api/phraseCatalogue.ts';
import { helpTexts } from '../../../server/celery/controlCommands.ts';

const root = join(import.meta.dirname, '../../..');
const german: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'l10n/bundle.l10n.de.json'), 'utf8'),
);
const inGerman = (english: string): string => german[english] ?? english;
const holesOf = (text: string): string[] => (text.match(/\{\w+(?::\w+)?\}/g) ?? []).sort();

test('every sentence of the engine has German with the same holes', () => {
  const texts = [...templates(), ...helpTexts()];
  assert.ok(texts.length > 100);
  assert.deepEqual(
    texts.filter((english) => german[english] === undefined),
    [],
  );
  for (const english of texts) assert.deepEqual(holesOf(inGerman(english)), holesOf(english), english);
});

test('a sentence is put into words with its figures, in English and in German', () => {
  const limit = phrase('limit.thresholdRecovering', { threshold: { figure: 0.1, unit: 'share' } });
  const what = phrase('health.retryRate', { task: 'orders.charge', share: 0.09, limit });
  assert.equal(inWords(what), 'Retry rate of orders.charge: 9% over 5 min (threshold 10%, recovering).');
  assert.equal(inWords(what, inGerman), 'Retry-Rate von orders.charge: 9% über 5 min (Schwelle 10%, erholt sich).');
});

test('one thing and many things have sentences of their own', () => {
  const held = (n: number): string =>
    inWords(phrase('health.queueDepth', { n, queue: 'q', limit: phrase('limit.none') }));
  assert.deepEqual([held(1), held(1_204)], ['1 message is waiting in q.', '1,204 messages are waiting in q.']);
});

test('foreign text is never read as a template', () => {
  const what = phrase('verdict.offline', { reason: phrase('plain', { text: '{limit:phrase} $& {n:count}' }) });
  assert.equal(inWords(what), 'No connection to the broker: {limit:phrase} $& {n:count}');
});

test('an error crosses a process with what it was made of; words that are not ours stay as they are', () => {
  const error = new CeleriacError('notFound', phrase('verdict.disconnected'));
  const data = toErrorData(error);
  assert.deepEqual(data, {
    code: 'notFound',
    sentence: 'Not connected to the broker.',
    phrase: { code: 'verdict.disconnected', values: {} },
  });
  assert.deepEqual(toErrorData(fromErrorData(data)), data);
  assert.deepEqual(toErrorData(new Error('EPIPE')), { code: 'internal', sentence: 'EPIPE' });
});

/** They print to a terminal or answer over HTTP, which is in English. */
const englishFaces = /^server\/faces\/(?:cli|http)\b/;

test('an error of the engine is made of a phrase, not of a sentence', () => {
  const files = globSync('server/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const free = /new CeleriacError\(\s*'\w+',\s*['"`]/;
  assert.ok(free.test("new CeleriacError('x', 'Gone.')"));
  assert.deepEqual(
    files.filter((file) => !englishFaces.test(file) && free.test(readFileSync(join(root, file), 'utf8'))),
    ['server/results/waitForResult.ts'],
  );
});

test('every code of the catalogue is used', () => {
  const files = globSync('server/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('Phrases.ts'));
  const source = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const families = /^(?:advice|health|silence)\./;
  const unused = Object.keys(catalogue).filter((code) => !families.test(code) && !source.includes(`'${code}'`));
  assert.deepEqual(
    unused.filter((code) => code !== 'plain'),
    [],
  );
});

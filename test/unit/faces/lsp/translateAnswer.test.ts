import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CeleriacError, toErrorData } from '../../../../server/api/errors.ts';
import { phrase } from '../../../../server/api/phrase.ts';
import { translateAnswer } from '../../../../server/faces/lsp/translateAnswer.ts';
import { verdictOf } from '../../../../server/health/verdict.ts';

const german: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../l10n/bundle.l10n.de.json'), 'utf8'),
);
const translate = (english: string): string => german[english] ?? english;

test('a verdict, its advice and the error within it are in the language of the window', () => {
  const reason = toErrorData(new CeleriacError('brokerUnreachable', phrase('verdict.reconnecting')));
  const verdict = verdictOf(
    { now: 0, link: { kind: 'lost', since: 0, retryAt: 1, attempt: 1, reason }, alerts: [], livingWorkers: null },
    null,
  );
  const batch = { changes: [{ kind: 'verdict', verdict }] };
  const [shown] = translateAnswer(batch, translate).changes[0]?.verdict.reasons ?? [];
  assert.equal(shown?.sentence, 'Keine Verbindung zum Broker: Verbindung zum Broker wird wiederhergestellt…');
  assert.equal(shown?.recommendation, 'Celeriac versucht weiter, sich zu verbinden.');
  assert.equal(batch.changes[0]?.verdict.reasons[0]?.recommendation, 'Celeriac keeps trying to connect.');
});

test('what describes a command is translated as it stands', () => {
  const forms = [{ method: 'shutdown', help: 'Start consuming from a queue' }];
  assert.notEqual(translateAnswer(forms, translate)[0]?.help, forms[0]?.help);
});

test('an answer without sentences of ours stays the same object, whatever tasks and workers bring', () => {
  const own = { phrase: { code: 'advice.wait', values: {} }, help: 'The settings', sentence: 'Mine.' };
  const answer = { tasks: [{ id: 'a', args: [own] }], replies: [{ value: own }], sentence: 'Gone.' };
  assert.equal(translateAnswer(answer, translate), answer);
});

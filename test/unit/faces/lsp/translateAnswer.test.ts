import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CeleriacError, toErrorData } from '../../../../server/api/errors.ts';
import { phrase, worded } from '../../../../server/api/phrase.ts';
import { testConnection } from '../../../../server/connectionTest/testConnection.ts';
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

test('the stages of a connection test and the alarm of a broker are in the language of the window', async () => {
  const config = {
    id: 'a',
    name: 'a',
    url: 'redis://127.0.0.1:1/0',
    transportOptions: {},
    workerLostAfterMs: 1,
    maxTasks: 1,
  };
  const { stages } = translateAnswer(await testConnection(config, () => 0), translate);
  assert.deepEqual(stages.map(({ stage, sentence }) => [stage, sentence]).slice(0, 4), [
    ['dns', '127.0.0.1:1 ist eine Adresse; keine Auflösung nötig.'],
    ['tcp', 'Verbindung zu 127.0.0.1:1 abgelehnt. Läuft Redis dort?'],
    ['tls', 'Nicht erreicht.'],
    ['auth', 'Nicht erreicht.'],
  ]);
  const link = { kind: 'live', blocked: worded(phrase('amqp.alarm', { address: 'mq:5672', reason: 'low on memory' })) };
  assert.match(
    translateAnswer({ link }, translate).link.blocked.sentence,
    /^RabbitMQ auf mq:5672 nimmt keine Nachrichten an/,
  );
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

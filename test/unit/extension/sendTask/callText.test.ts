import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recovered } from '../../../../extension/retry/originalCall.ts';
import { callText, signatureIn } from '../../../../extension/sendTask/callText.ts';
import { readCallText } from '../../../../extension/sendTask/readArguments.ts';

const whole = (json: string): Recovered => ({ kind: 'whole', json });
const notes = { taskName: 'shop.send', signature: null, destination: 'To queue mail.' };

test('the document of a call reads back as the same call, with its numbers as they were', () => {
  for (const args of [
    '["a", 1.0]',
    '[]',
    `[${JSON.stringify({ text: 'x'.repeat(100), id: 12345678 })}]`,
    `[${'9'.repeat(80)}]`,
  ]) {
    const read = readCallText(callText({ args: whole(args), kwargs: whole('{"n": 1e3}') }, notes));
    assert.ok('argsJson' in read, JSON.stringify(read));
    assert.deepEqual(JSON.parse(read.argsJson), JSON.parse(args));
    assert.equal(read.kwargsJson, '{"n": 1e3}');
  }
  const exact = callText({ args: whole(`[1.0, "${'x'.repeat(80)}"]`), kwargs: whole('{}') }, notes);
  assert.match(exact, /\[1\.0, /);
});

test('a call that is not known whole cannot be sent before it is completed', () => {
  const partial: Recovered = { kind: 'partial', draft: '["a", …]', reason: 'cut' };
  const text = callText({ args: partial, kwargs: whole('{}') }, notes);
  assert.match(text, /marked with …/);
  assert.deepEqual(readCallText(text), { problem: 'Unexpected …', at: text.indexOf('", …') + 3 });
});

test('the signature of a task is taken from its code, over as many lines as it has', () => {
  const lines = [
    '@app.task(bind=True)',
    'async def send(',
    '    self,',
    '    to: str,  # who',
    ') -> None:',
    '    pass',
  ];
  assert.equal(signatureIn(lines, 1), 'send( self, to: str,  # who ) -> None');
  assert.equal(signatureIn(['x = 1'], 1), null);
  assert.equal(signatureIn(lines, 40), null);
});

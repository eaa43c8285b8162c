import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitSpeech } from '../../../../extension/debug/rdb/splitSpeech.ts';

const token = 'f00d';
const message = (value: unknown): string => `\u001e${token}${JSON.stringify(value)}\u001f`;

/** As it comes out of a socket: in pieces of any size. */
const hearInPieces = (text: string, size: number) => {
  let rest = '';
  let printed = '';
  const messages: unknown[] = [];
  for (let at = 0; at < text.length; at += size) {
    const split = splitSpeech(rest + text.slice(at, at + size), token);
    rest = split.rest;
    for (const each of split.heard)
      if (each.kind === 'printed') printed += each.text;
      else messages.push(each.message);
  }
  return { printed, messages, rest };
};

test('messages and prints are told apart, whatever pieces they come in', () => {
  const speech = `one\n${message({ n: 1 })}> /app/tasks.py(3)go()\n(Pdb) ö🥕${message({ n: 2 })}${message({ n: 3 })}two`;
  for (let size = 1; size <= speech.length; size += 1)
    assert.deepEqual(hearInPieces(speech, size), {
      printed: 'one\n> /app/tasks.py(3)go()\n(Pdb) ö🥕two',
      messages: [{ n: 1 }, { n: 2 }, { n: 3 }],
      rest: '',
    });
});

test('a print that looks like a message of another session stays a print', () => {
  const forged = '\u001ebeef{"event":"left"}\u001f \u001e \u001f';
  const { printed, messages } = hearInPieces(`${forged}${message('real')}`, 3);
  assert.deepEqual([printed, messages], [forged, ['real']]);
});

test('half a message waits for its other half', () => {
  const { heard, rest } = splitSpeech(`x${message({ n: 1 }).slice(0, -2)}`, token);
  assert.deepEqual([heard, rest.length > 0], [[{ kind: 'printed', text: 'x' }], true]);
});

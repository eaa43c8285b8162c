import assert from 'node:assert/strict';
import { test } from 'node:test';
import { terminalText } from '../../../../extension/shown/terminalText.ts';

test('a terminal shows the lines and colours of another program', () => {
  assert.equal(terminalText('(Pdb) \u001b[1;31mred\u001b[0m\nnext\r\n'), '(Pdb) \u001b[1;31mred\u001b[0m\r\nnext\r\n');
});

test('a terminal obeys nothing else that another program writes', () => {
  const hostile = [
    '\u001b]52;c;aWQ=\u0007',
    '\u001b]8;;command:x\u001b\\Show\u001b]8;;\u001b\\',
    '\u001b]633;E;rm\u0007',
    '\u001b[2J',
    '\u009b2J',
    '\u001bc',
  ];
  for (const text of hostile) assert.doesNotMatch(terminalText(text), /\p{Cc}/u, JSON.stringify(text));
});

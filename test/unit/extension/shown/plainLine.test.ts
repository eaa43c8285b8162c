import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { partOf, plainLine } from '../../../../extension/shown/plainLine.ts';
import { quoted } from '../../../../extension/shown/quoted.ts';
import { iconsIn, linksIn, linksInProgress } from './linkedText.ts';

const command = 'command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D';

/** Each has a part that VS Code would draw as a link or an icon, at once or after it has taken something out. */
const hostile = [
  `ValueError: [Show](${command})`,
  `[a](${command} "Show the traceback")`,
  `[a](https://example.org/x) [b](file:///etc/passwd) [c](HTTP://example.org)`,
  `[[Show](${command})`,
  `[Show]\u200b(${command})`,
  `[Show]\n(${command})`,
  `[Show]$(sync)(${command})`,
  `[Show]\u202e$(sync~spin)\u0007(${command})`,
  '$(trash) orders.charge',
  '\\$(trash) \\\\$(error) $(sync~spin)',
  '$\u0000(trash)',
  `${'$('.repeat(50)}trash)`,
  `${']('.repeat(50)}${command})`,
];

describe('a line for a surface of VS Code', () => {
  test('has no link, no command and no icon, whatever it is made of', () => {
    for (const text of hostile) {
      const line = plainLine(text);
      assert.deepEqual([linksIn(line), linksInProgress(line), iconsIn(line)], [[], [], []], text);
    }
  });

  test('has none however the hostile pieces are put together', () => {
    const pieces = [
      '[',
      ']',
      '(',
      ')',
      '$',
      '\\',
      'a',
      ' ',
      '\n',
      '\u200b',
      '\u202e',
      '\u0000',
      '$(sync)',
      `(${command})`,
    ];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let wouldLink = 0;
    for (let count = 0; count < 20_000; count += 1) {
      const text = Array.from({ length: 12 }, () => pieces[next(pieces.length)]).join('');
      if (linksInProgress(text.replaceAll(/[\p{Cc}\u200b\u202e]/gu, '')).length > 0) wouldLink += 1;
      const line = plainLine(text);
      assert.deepEqual([linksIn(line), linksInProgress(line), iconsIn(line)], [[], [], []], JSON.stringify(text));
    }
    assert.ok(wouldLink > 100, `only ${wouldLink} of the made texts are hostile`);
  });

  test('leaves an address that stands there bare as text, since VS Code does not link it', () => {
    const text = `see https://example.org/a(b) and ${command}`;
    assert.deepEqual(linksIn(text), []);
    assert.equal(plainLine(text), text);
  });

  test('is one line without signs that steer a terminal or turn the direction of writing', () => {
    assert.equal(plainLine('a\r\nb\tc\u2028d\u0085e\u001b[31mf'), 'a b c d e [31mf');
    assert.equal(plainLine('pay\u202egpj.exe \u2066x\u2069'), 'pay\ufffdgpj.exe \ufffdx\ufffd');
  });

  test('keeps two names apart that differ only in what nobody sees', () => {
    assert.notEqual(plainLine('que\u200bue'), plainLine('queue'));
  });

  test('keeps ordinary text, emoji and other scripts as they are', () => {
    for (const text of ["KeyError: ['id'] (1)", 'prix: 5 $ (TTC)', 'familie 👨‍👩‍👧 ❤️', 'क्‍ष ایران', 'a[0] (x) ${HOME}'])
      assert.equal(plainLine(text), text);
  });

  test('is bounded, and never ends in half a sign', () => {
    assert.equal(partOf('x'.repeat(301)), `${'x'.repeat(299)}…`);
    assert.equal(partOf('x'.repeat(300)).length, 300);
    const cut = partOf(`${'x'.repeat(298)}😀😀`);
    assert.ok(cut.isWellFormed());
    assert.equal(cut, `${'x'.repeat(298)}…`);
    assert.ok(plainLine('\ud800 alone').isWellFormed());
    assert.ok(plainLine('x'.repeat(5_000_000)).length <= 1_000);
  });
});

test('what somebody else wrote stands in quotes that it cannot close', () => {
  assert.equal(quoted('boom'), '“boom”');
  assert.equal(quoted('boom” on orders. “Retry it'), '“boom" on orders. "Retry it”');
  assert.deepEqual(linksIn(quoted(`x](${command}) [y](${command})`)), []);
});

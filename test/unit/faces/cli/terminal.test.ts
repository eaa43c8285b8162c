import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTerminal } from './aTerminal.ts';

test('colours only a terminal, and none that asks for no colour', () => {
  assert.equal(aTerminal({ isTTY: true }).terminal.paint('red', 'x'), '\u001b[31mx\u001b[39m');
  assert.equal(aTerminal({ isTTY: false }).terminal.paint('red', 'x'), 'x');
  assert.equal(aTerminal({ isTTY: true, environment: { NO_COLOR: '1' } }).terminal.paint('red', 'x'), 'x');
  assert.equal(aTerminal({ isTTY: true, environment: { TERM: 'dumb' } }).terminal.paint('red', 'x'), 'x');
  assert.notEqual(aTerminal({ isTTY: true, environment: { NO_COLOR: '' } }).terminal.paint('red', 'x'), 'x');
});

test('has a width only where there is a screen', () => {
  assert.equal(aTerminal({ isTTY: true, columns: 60 }).terminal.width, 60);
  assert.equal(aTerminal({ isTTY: false, columns: 60 }).terminal.width, Number.POSITIVE_INFINITY);
});

test('hands over every line by the time it is flushed, in order', async () => {
  const { terminal, printed } = aTerminal();
  for (let i = 0; i < 20_000; i++) terminal.line(String(i));
  await terminal.flush();
  assert.equal(printed(), Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(''));
});

test('hands over data before it says something that came later', () => {
  const { terminal, printed, said } = aTerminal();
  terminal.line('data');
  terminal.say('That was all.');
  assert.equal(printed(), 'data\n');
  assert.equal(said(), 'That was all.\n');
});

test('says passing things only where a person reads, and takes them away again', () => {
  const screen = aTerminal({ isTTY: true, environment: { NO_COLOR: '1' } });
  screen.terminal.sayForNow('3 s');
  screen.terminal.say('Done.');
  assert.equal(screen.said(), '\r\u001b[K3 s\r\u001b[KDone.\n');
  const file = aTerminal();
  file.terminal.sayForNow('3 s');
  assert.equal(file.said(), '');
});

test('keeps a passing line within the terminal, for a wrapped one could not be taken away', () => {
  const { terminal, said } = aTerminal({ isTTY: true, columns: 20, environment: { NO_COLOR: '1' } });
  terminal.sayForNow('x'.repeat(100));
  assert.equal(said(), `\r\u001b[K${'x'.repeat(18)}…`);
});

test('breaks sentences between words on a terminal, and not at all in a log', () => {
  const screen = aTerminal({ isTTY: true, columns: 20 });
  screen.terminal.say('Nothing listens at this address.');
  assert.equal(screen.said(), 'Nothing listens at\nthis address.\n');
  const log = aTerminal({ columns: 20 });
  log.terminal.say('Nothing listens at this address.');
  assert.equal(log.said(), 'Nothing listens at this address.\n');
});

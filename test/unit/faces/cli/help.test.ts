import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandName, commands, globalOptions } from '../../../../server/faces/cli/commands.ts';
import { exitCode, exitCodeHelp } from '../../../../server/faces/cli/exitCodes.ts';
import { helpOf } from '../../../../server/faces/cli/help.ts';
import { optionNames } from '../../../../server/faces/cli/options.ts';
import { parseArguments } from '../../../../server/faces/cli/parseArguments.ts';
import { displayWidth } from '../../../../server/text/displayWidth.ts';

const names = Object.keys(commands) as CommandName[];
const page = { width: 80, paint: (_style: unknown, text: string) => text };
const text = (command: CommandName | null): string => helpOf(command, page).join('\n');

test('names every command, and every option where it belongs', () => {
  for (const name of names) assert.match(text(null), new RegExp(`^ {2}${name}\\b`, 'm'));
  for (const option of optionNames) {
    const places = names.filter((name) => text(name).includes(`--${option}`));
    assert.ok(places.length > 0, `--${option} is explained nowhere`);
    if (option in globalOptions) assert.ok(text(null).includes(`--${option}`));
  }
});

test('explains every exit code there is', () => {
  const explained = exitCodeHelp.flatMap(([codes]) => codes.split(', ').map(Number));
  assert.deepEqual(
    Object.values(exitCode).toSorted((a, b) => a - b),
    explained.toSorted((a, b) => a - b),
  );
});

test('fits eighty columns', () => {
  for (const name of [null, ...names]) {
    for (const line of helpOf(name, page)) assert.ok(displayWidth(line) <= 80, line);
  }
});

test('gives examples that are understood', () => {
  for (const name of names) {
    for (const example of commands[name].examples) {
      const words = example
        .replace(/^.*\| /, '')
        .replace(/ > .*$/, '')
        .replaceAll('"', '')
        .split(' ');
      assert.equal(words[0], 'celeriac', example);
      assert.equal(parseArguments(words.slice(1)).kind, 'run', example);
    }
  }
});

test('loads the code of every command', async () => {
  for (const name of names) assert.equal(typeof (await commands[name].load()), 'function');
});

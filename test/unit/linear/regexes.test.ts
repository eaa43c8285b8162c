import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { backtracksOn } from './backtracksOn.ts';
import { readers } from './readers.ts';
import { regexesIn } from './regexesIn.ts';

/** Expressions that go back over a long text, and why they never get one, by file and a part of them. */
const bounded: readonly (readonly [file: string, part: string, why: string])[] = [
  ['server/failures/normaliseMessage.ts', "'(?:[^'", 'reads 2,000 characters'],
  ['server/failures/normaliseMessage.ts', '"(?:[^"', 'reads 2,000 characters'],
  ['server/discovery/interpolate.ts', '[-?+]', 'reads up to the last closing brace'],
  ['server/cluster/linearRegex.ts', 'P<', 'reads 1,000 characters'],
  ['extension/clusters/workerGroups.ts', 'a-z0-9]{8,10}', 'reads 64 characters'],
];

/** Files that put an expression together while they run, and of what. */
const made: Readonly<Record<string, string>> = {
  'server/cluster/linearRegex.ts': 'one character of a set, for one character of a text',
  'server/text/wording.ts': 'of an expression of its own',
  'extension/debug/rdb/editLine.ts': 'of texts of its own',
  'server/api/rdbReader.ts': 'of texts of its own; its reader is tested beside this',
};

const files = globSync('{server,extension,media}/**/*.{ts,tsx}').sort();
const all = files.flatMap((file) => regexesIn(readFileSync(file, 'utf8')).map((each) => ({ file, ...each })));

describe('an expression of the code', () => {
  it('goes back over no text that others write', () => {
    const isUnbounded = (regex: RegExp): boolean =>
      /[*+]|\{\d+,\}/.test(regex.source.replaceAll(/\\.|\[[^\]]*\]/g, ''));
    const found = all.flatMap(({ file, line, regex }) => {
      const on = regex !== null && isUnbounded(regex) ? backtracksOn(regex) : null;
      return on === null ? [] : [{ file, line, source: regex?.source ?? '', on }];
    });
    const isBounded = (each: { file: string; source: string }): boolean =>
      bounded.some(([file, part]) => each.file === file && each.source.includes(part));
    assert.deepEqual(
      found.filter((each) => !isBounded(each)),
      [],
    );
    for (const [file, part] of bounded)
      assert.ok(
        all.some((each) => each.file === file && each.regex?.source.includes(part)),
        `${file} has no such expression any more: ${part}`,
      );
  });

  it('is made of a text while the program runs only where that is known to be safe', () => {
    const makers = new Set(all.filter(({ regex }) => regex === null).map(({ file }) => file));
    assert.deepEqual([...makers].sort(), Object.keys(made).sort());
  });

  it('is found to go back where it does', () => {
    for (const regex of [/\s+$/, /^(a+)+$/, /[a-z]+:\/\//, /"[^"]*(?:\\.[^"]*)*"/, /^a*a*b/, /<[^>]*>/, /(\w+\s?)*$/])
      assert.notEqual(backtracksOn(regex), null, String(regex));
    for (const regex of [/^\s+/, /a+b?/, /"[^"]*"?/, /\bword\b/, /^(?:a|b)*$/, /\d+/])
      assert.equal(backtracksOn(regex), null, String(regex));
  });
});

describe('a reader of the code', () => {
  it('is in the list of those whose time is measured', () => {
    const named =
      /^export const ((?:read|parse|split|mask|redact|hide|normalise|interpolate)\w*) = \((?:text|repr|json|line|log|table|url|message|source|written)\w*: string[,)]/gm;
    const found = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(named)].map(([, name = '']) => ({ file, name })),
    );
    const listed = Object.keys(readers).map((name) => name.split(/[:. ]/)[0]);
    assert.deepEqual(
      found.filter(({ name }) => !listed.includes(name) && !(name in others)),
      [],
    );
    assert.ok(found.length > 25, 'the readers are not found any more');
  });
});

/** Readers that need no place in the list, and why. */
const others: Readonly<Record<string, string>> = {
  readMoment: 'what the user types into a box',
  readQuietHours: 'a setting of a few characters',
  readSignal: 'looks a name up',
  parseUuid: 'reads 36 characters',
  readYaml: 'readComposeFile stands on it',
};

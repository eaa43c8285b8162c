import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linearRegex } from '../../../server/cluster/linearRegex.ts';

const texts = [
  '',
  'a',
  'b',
  'ab',
  'aab',
  'aaab',
  'abab',
  'abc',
  'orders@shop',
  'orders@shop-12',
  'emails@shop',
  'a.b',
  'a]',
  '-1',
];

describe('an expression that is run in linear time', () => {
  it('matches as the one of the language does', () => {
    const sources = [
      'a',
      'a*b',
      'a+?b',
      'a?b',
      '(ab)+',
      '(?:ab|a)*c?$',
      'a|b',
      '',
      '^a',
      'a$',
      'a{2}b',
      'a{1,2}b',
      'a{2,}b',
      'a{,1}b$',
      '(a|b)*$',
      '((a|ab)(c|bcd)?)$',
      '.*shop',
      'orders@.+-\\d+',
      '[a-c]+$',
      '[^a]',
      '[]a]+$',
      '\\w+@\\w+$',
      'a\\.b',
      '\\Aa\\Z',
      '(?P<name>orders|emails)@',
      'a{',
      '(|a)b',
      '(a*)*b',
      '[\\d-]+$',
      '(a?){3}b',
      'a{1,3}b',
      '(ab){0,3}c',
    ];
    for (const source of sources) {
      const python = source
        .replace('?P<', '?<')
        .replace('\\A', '^')
        .replace('\\Z', '$')
        .replace('{,', '{0,')
        .replace('[]a]', '[\\]a]');
      const expected = new RegExp(`^(?:${python})`, 's');
      const test = linearRegex(source);
      assert.ok(test, source);
      for (const text of texts) assert.equal(test(text), expected.test(text), `${source} on "${text}"`);
    }
  });

  it('refuses what it cannot run and what is no expression', () => {
    const sources = [
      '(a',
      'a)',
      '*a',
      '[z-a]',
      '(?=a)',
      '(?<!a)b',
      '(a)\\1',
      '\\bworker',
      'a{1000}{1000}',
      '('.repeat(500),
    ];
    assert.deepEqual(
      sources.filter((source) => linearRegex(source) !== null),
      [],
    );
  });

  it('answers where the one of the language would take for ever', () => {
    const test = linearRegex('(a+)+$');
    assert.equal(test?.(`${'a'.repeat(4_000)}!`), false);
  });
});

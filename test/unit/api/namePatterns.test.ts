import assert from 'node:assert/strict';
import { it } from 'node:test';
import { namePatterns, wantedNames } from '../../../server/api/namePatterns.ts';

it('lets * stand for any text, and everything else for itself', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['shop.charge', 'shop.charge', true],
    ['shop.charge', 'shop.charges', false],
    ['shop.*', 'shop.charge', true],
    ['*charge', 'shop.charge', true],
    ['s*p*ge', 'shop.charge', true],
    ['*', '', true],
    ['a*b*b', 'ab', false],
    ['a*b*b', 'abb', true],
    ['ab*ba', 'aba', false],
    ['shop.*', 'shopXcharge', false],
    ['[a-z]*', 'a', false],
    ['**', 'anything', true],
  ];
  for (const [pattern, name, isMatch] of cases)
    assert.equal(namePatterns([pattern])(name), isMatch, `${pattern} ${name}`);
});

it('takes a name that any one of the patterns fits', () => {
  const isLike = namePatterns(['a', 'b*']);
  assert.deepEqual(['a', 'bc', 'c'].map(isLike), [true, true, false]);
  assert.equal(namePatterns([])('a'), false);
});

it('lets ? stand for one character or none where the rules say so, in any case where they say so', () => {
  const isLike = namePatterns(['*api?key*', 'a?b', 'X??'], { marks: 'starAndOptional', ignoresCase: true });
  const like = ['apikey', 'my_API_KEY', 'api-keys', 'ab', 'a.b', 'x', 'xyz'];
  assert.deepEqual(like.filter(isLike), like);
  assert.deepEqual(['api__key', 'acdb', 'axb1', 'wxyz', ''].filter(isLike), []);
});

it('reads the patterns of fnmatch as Python does', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['w?@*', 'w1@host', true],
    ['w?@*', 'w@host', false],
    ['w[0-9]@*', 'w7@host', true],
    ['w[!0-9]@*', 'w7@host', false],
    ['w[!0-9]*', 'wa', true],
    ['*[]a]', 'x]', true],
    ['[*]', '*', true],
    ['[*]', 'a', false],
    ['w[1', 'w[1', true],
    ['*-?-?', 'a-b-c-d', true],
    ['*?', '', false],
    ['[a-]', '-', true],
    ['?b*b?', 'abba', true],
  ];
  for (const [pattern, name, isMatch] of cases)
    assert.equal(namePatterns([pattern], { marks: 'fnmatch' })(name), isMatch, `${pattern} ${name}`);
});

it('lets every name through where no pattern is given', () => {
  assert.deepEqual(
    [undefined, [], ['b']].map((patterns) => wantedNames(patterns)('a')),
    [true, true, false],
  );
});

it('answers at once where a regular expression would take for ever', () => {
  const before = process.cpuUsage().user;
  assert.equal(namePatterns([`${'a*'.repeat(30)}b`])('a'.repeat(5000)), false);
  assert.ok(process.cpuUsage().user - before < 500_000);
});

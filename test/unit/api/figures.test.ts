import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { age, bytes, count, decimal, duration, percent, rate, shortCount } from '../../../server/api/figures.ts';

test('a duration has three digits at most, or two units', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0 s'],
    [0.000_4, '0.4 ms'],
    [0.0123, '12 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1 s'],
    [1.234, '1.23 s'],
    [12.34, '12.3 s'],
    [59.96, '1 m'],
    [75, '1 m 15 s'],
    [200, '3 m 20 s'],
    [3_600, '1 h'],
    [12_000, '3 h 20 m'],
    [352_800, '4 d 2 h'],
    [-0.005, '-5 ms'],
  ];
  for (const [seconds, text] of cases) assert.equal(duration(seconds), text);
  assert.equal(duration(Number.NaN), '–');
});

test('an age counts whole steps of one unit', () => {
  assert.deepEqual([400, 59_900, 200_000, 7_300_000, 200_000_000].map(age), ['0 s', '59 s', '3 m', '2 h', '2 d']);
});

test('counts have thousands separators, and are short only where there is no room', () => {
  assert.deepEqual([0, 7, 1_337, 12_345_678].map(count), ['0', '7', '1,337', '12,345,678']);
  assert.deepEqual([842, 1_337, 9_994, 10_400, 999_400, 999_600].map(shortCount), [
    '842',
    '1,337',
    '9,994',
    '10.4k',
    '999k',
    '1M',
  ]);
  assert.deepEqual([0.256, 3.5, 12.34, 123.4, 1_204.4].map(decimal), ['0.26', '3.5', '12.3', '123', '1,204']);
});

test('a share that is not all never reads as all, and one that is not nothing never as nothing', () => {
  const shown = [0, 0.0001, 0.036, 0.1, 0.5, 0.9999, 1, 4 / 3].map(percent);
  assert.deepEqual(shown, ['0%', '<0.1%', '3.6%', '10%', '50%', '>99.9%', '100%', '133%']);
});

test('rates are by the second, and slow ones by the minute', () => {
  assert.deepEqual([48.2, 0.5, 0.002, 0, 1_204].map(rate), ['48.2/s', '0.5/s', '0.12/m', '0/s', '1,204/s']);
});

test('sizes are in binary units', () => {
  assert.deepEqual([512, 3_482, 48 * 2 ** 20, 2.1 * 2 ** 30].map(bytes), ['512 B', '3.4 KiB', '48 MiB', '2.1 GiB']);
});

test('no other file rounds or groups figures for people', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const files = globSync('{extension,media,server}/**/*.{ts,tsx}', { cwd: root });
  assert.ok(files.length > 700);
  const own = /\.toFixed\(|\.toPrecision\(|Intl\.NumberFormat|\.toLocaleString\('en/;
  const found = files.filter((file) => own.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(found, [join('server', 'api', 'figures.ts')]);
});

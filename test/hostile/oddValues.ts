import { below } from '../unit/state/random.ts';

export type Random = () => number;

export const pick = <T>(random: Random, items: readonly [T, ...T[]]): T =>
  items[below(random, items.length)] ?? items[0];

const texts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff x',
  '\u202eltr',
  '\u001b[31mred\u001b[0m\u0007',
  'a\r\nb\tc',
  '🥕'.repeat(3),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '[Show](command:workbench.action.quit)',
  '$(trash) <img src=x onerror=alert(1)>',
  "{'password': 'hunter2'}",
  '["--password", "x"]',
  "ValueError('x')",
  'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x()\nValueError: x\n',
  '../../etc/passwd',
  '%00%ff',
  "'; DROP TABLE task; --",
  'NaN',
  '1e999',
  'null',
  '9'.repeat(40),
] as const;

const numbers = [
  0,
  -0,
  -1,
  1,
  0.1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1.8e9,
  8.64e12,
  1e21,
] as const;

/** Rarely long: a case is to cost little, and some are to cost much. */
export const oddText = (random: Random): string => {
  const roll = random();
  if (roll < 0.001) return pick(random, ['x', 'ü', '"', '\\', '🥕', '\ud800', '(', "'"]).repeat(below(random, 200_000));
  if (roll < 0.02) return pick(random, ['x', 'é', '\\"', 'a=b ']).repeat(below(random, 3_000));
  return pick(random, texts);
};

const nestedIn = (random: Random, value: unknown, levels: number): unknown => {
  let whole = value;
  for (let level = 0; level < levels; level++) whole = random() < 0.5 ? [whole] : { a: whole };
  return whole;
};

/** Stands for a nesting that JSON.stringify itself could not write. */
export const veryDeep = '(very deep)';

/** Any value that JSON has, of any shape. */
export const oddValue = (random: Random, levels = 3): unknown => {
  const roll = random();
  if (roll < 0.0005) return veryDeep;
  if (roll < 0.002) return nestedIn(random, 1, pick(random, [60, 63, 64, 65, 200, 1_500]));
  if (roll < 0.4) return oddText(random);
  if (roll < 0.6) return pick(random, numbers);
  if (roll < 0.7) return pick(random, [null, true, false]);
  if (levels === 0) return null;
  const inner = Array.from({ length: below(random, 4) }, () => oddValue(random, levels - 1));
  return roll < 0.85
    ? inner
    : Object.fromEntries(inner.map((value, index) => [index === 0 ? oddText(random) : `k${index}`, value]));
};

/** Replaces, adds or takes away members of a record. */
export const spoil = (random: Random, record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const names = Object.keys(record);
  const spoilt = new Map(Object.entries(record));
  for (let times = 1 + below(random, 3); times > 0; times--) {
    const name = random() < 0.1 ? oddText(random) : (names[below(random, names.length)] ?? 'x');
    if (random() < 0.25) spoilt.delete(name);
    else spoilt.set(name, oddValue(random));
  }
  if (random() < 0.003) for (let index = 0; index < 300; index++) spoilt.set(`field${index}`, index);
  return Object.fromEntries(spoilt);
};

/** Changes, cuts or doubles some of the bytes. */
export const damage = (random: Random, bytes: Buffer): Buffer => {
  const damaged = Buffer.from(bytes);
  for (let times = below(random, 4); times >= 0 && damaged.length > 0; times--)
    damaged[below(random, damaged.length)] = below(random, 256);
  const roll = random();
  if (roll < 0.3) return damaged.subarray(0, below(random, damaged.length + 1));
  return roll < 0.4 ? Buffer.concat([damaged, damaged]) : damaged;
};

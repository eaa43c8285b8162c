import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeDelivery } from '../../server/celery/decodeDelivery.ts';
import { ClusterState } from '../../server/state/clusterState.ts';
import { below, makeRandom } from '../unit/state/random.ts';

const messages = 100_000;
const recorded = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'envelopes', 'celery-5.6.ndjson'), 'utf8')
  .trim()
  .split('\n');

type Random = () => number;
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const oddValues: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  '\ud800',
  '__proto__',
  '\u0000',
  'x'.repeat(3000),
  [],
  {},
  [[[[]]]],
  { a: { b: [] } },
  { __type__: 'datetime', __value__: 'never' },
];

/** Changes, removes or adds something somewhere within a value. */
const mutate = (random: Random, value: Json): Json => {
  if (random() < 0.15) return oddValues[below(random, oddValues.length)] ?? null;
  if (Array.isArray(value)) {
    const at = below(random, value.length);
    if (random() < 0.2)
      return value.toSpliced(at, random() < 0.5 ? 1 : 0, oddValues[below(random, oddValues.length)] ?? null);
    return value.map((one, index) => (index === at ? mutate(random, one) : one));
  }
  if (typeof value !== 'object' || value === null) return oddValues[below(random, oddValues.length)] ?? null;
  const keys = Object.keys(value);
  const key = keys[below(random, keys.length)] ?? '';
  const { [key]: old = null, ...rest } = value;
  return random() < 0.2 ? rest : { ...rest, [random() < 0.1 ? '__proto__' : key]: mutate(random, old) };
};

const mutateBody = (random: Random, line: string): string => {
  const parsed: { body: string } = JSON.parse(line);
  const body: Json = JSON.parse(Buffer.from(parsed.body, 'base64').toString());
  return JSON.stringify({ ...parsed, body: Buffer.from(JSON.stringify(mutate(random, body))).toString('base64') });
};

const damage = (random: Random, line: string): Buffer => {
  const bytes = Buffer.from(line);
  for (let count = below(random, 4); count >= 0; count--) bytes[below(random, bytes.length)] = below(random, 256);
  return random() < 0.3 ? bytes.subarray(0, below(random, bytes.length)) : bytes;
};

const malform = (random: Random): Buffer => {
  const line = recorded[below(random, recorded.length)] ?? '';
  const roll = random();
  if (roll < 0.05) return Buffer.from(Array.from({ length: below(random, 200) }, () => below(random, 256)));
  if (roll < 0.35) return damage(random, line);
  if (roll < 0.5) return Buffer.from(JSON.stringify(mutate(random, JSON.parse(line))));
  return Buffer.from(mutateBody(random, line));
};

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const usedMegabytes = (): number => {
  // Once finds what is dead, the second time what that held outside the heap.
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};

it('a hundred thousand malformed messages crash nothing, leak nothing and are all accounted for', () => {
  const random = makeRandom(2026);
  const state = new ClusterState({ maxTasks: 500, workerLostAfterMs: 20_000, startedAt: 0 });
  let events = 0;
  let problems = 0;
  let afterHalf = 0;
  for (let index = 0; index < messages; index++) {
    if (index === messages / 2) afterHalf = usedMegabytes();
    const problem = decodeDelivery({ kind: 'envelope', bytes: malform(random) }, (event) => {
      events++;
      state.apply(event, index);
    });
    if (problem === null) continue;
    problems++;
    state.noteProblem(problem);
  }
  assert.ok(problems > messages / 5, `${problems} problems`);
  assert.ok(events > messages / 5, `${events} events got through`);
  const counters = state.counters();
  assert.equal(counters.events, events);
  assert.equal(
    Object.values(counters.invalidByReason).reduce((sum, count) => sum + count, 0),
    counters.invalid,
  );
  assert.ok(Object.keys(counters.invalidByReason).length < 30, 'reasons are few');
  assert.ok(counters.tasks <= 500);
  JSON.stringify(state.celerySnapshot());
  for (const { id } of state.tasks.page({ limit: 1000, text: 'a' }).tasks) assert.ok(state.tasks.find(id));
  const grown = usedMegabytes() - afterHalf;
  assert.ok(grown < 5, `${grown.toFixed(1)} MB more after the second half`);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bucketOf, QuantileSketch } from '../../../../server/state/figures/quantileSketch.ts';
import { makeRandom } from '../random.ts';

const sketchOf = (values: readonly number[]): QuantileSketch => {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(bucketOf(value), value);
  return sketch;
};

const distributions: Readonly<Record<string, (random: () => number) => number>> = {
  even: (random) => 0.001 + random() * 10,
  'long-tailed': (random) => 0.01 / (1 - random()) ** 1.5,
  'over many magnitudes': (random) => 10 ** (random() * 14 - 6),
  'of two kinds': (random) => (random() < 0.9 ? 0.02 + random() * 0.001 : 300 + random()),
};

describe('a quantile sketch', () => {
  for (const [name, draw] of Object.entries(distributions)) {
    it(`is within 2 % of the true quantiles of values ${name}`, () => {
      for (let seed = 0; seed < 20; seed++) {
        const random = makeRandom(seed);
        const values = Array.from({ length: 1 + Math.floor(random() * 3000) }, () => draw(random));
        const sketch = sketchOf(values);
        const sorted = values.toSorted((a, b) => a - b);
        for (const q of [0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 1]) {
          const truth = sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
          const answer = sketch.quantile(q) ?? Number.NaN;
          assert.ok(Math.abs(answer - truth) <= truth * 0.0201, `seed ${seed}, q ${q}: ${answer} for ${truth}`);
        }
      }
    });
  }

  it('merged from parts is the sketch of the whole', () => {
    const random = makeRandom(9);
    const parts = Array.from({ length: 5 }, (_, part) => Array.from({ length: 200 }, () => random() * 10 ** part));
    const merged = new QuantileSketch();
    for (const part of parts) merged.merge(sketchOf(part));
    const whole = sketchOf(parts.flat());
    for (const q of [0, 0.1, 0.5, 0.95, 0.99, 1]) assert.equal(merged.quantile(q), whole.quantile(q));
    assert.equal(merged.total, 1000);
    assert.ok(Math.abs((merged.mean ?? 0) - (whole.mean ?? 0)) < 1e-6);
  });

  it('takes durations that no clock can measure', () => {
    const sketch = sketchOf([0, 1e-12, 1e300]);
    assert.equal(sketch.quantile(0), 0);
    assert.ok((sketch.quantile(1) ?? 0) > 1e8);
  });

  it('knows nothing when empty, and after a reset', () => {
    const sketch = sketchOf([1, 2]);
    sketch.reset();
    assert.deepEqual([sketch.quantile(0.5), sketch.mean, sketch.total], [null, null, 0]);
    sketch.add(bucketOf(5), 5);
    assert.ok(Math.abs((sketch.quantile(0.5) ?? 0) - 5) < 0.1);
  });
});

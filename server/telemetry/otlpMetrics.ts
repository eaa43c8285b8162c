import type { Family, Labels, Sample } from '../metrics/exposition.ts';
import type { Attribute } from './taskSpans.ts';

/** Families as the JSON of OTLP (opentelemetry-proto: metrics.proto). Counters and histograms count since `startedAt`. */
export const otlpMetrics = (families: readonly Family[], startedAt: number, now: number): unknown[] => {
  const times = { startTimeUnixNano: nanos(startedAt), timeUnixNano: nanos(now) };
  return families
    .map((family) => ({ ...family, samples: [...family.samples] }))
    .filter(({ samples }) => samples.length > 0)
    .map((family) => ({ name: family.name, description: family.help, ...dataOf(family, times) }));
};

type Times = { readonly startTimeUnixNano: string; readonly timeUnixNano: string };

const cumulative = 2;

/** A family whose samples are all there. */
type Whole = Family & { readonly samples: readonly Sample[] };

const dataOf = (family: Whole, times: Times): object => {
  if (family.type === 'histogram')
    return { histogram: { aggregationTemporality: cumulative, dataPoints: histogramPoints(family, times) } };
  const dataPoints = family.samples.map(({ labels, value }) => ({
    ...times,
    attributes: attributesOf(labels),
    asDouble: value,
  }));
  return family.type === 'counter'
    ? { sum: { aggregationTemporality: cumulative, isMonotonic: true, dataPoints } }
    : { gauge: { dataPoints } };
};

interface Point {
  readonly labels: Labels;
  readonly bounds: number[];
  readonly below: number[];
  sum: number;
  count: number;
}

/** Prometheus counts in each bucket all that is smaller; OTLP only what is in it. */
const histogramPoints = ({ samples }: Family, times: Times): object[] => {
  const points = new Map<string, Point>();
  for (const { suffix, labels, value } of samples) {
    const own = labels.filter(([name]) => name !== 'le');
    const key = JSON.stringify(own);
    const point = points.get(key) ?? { labels: own, bounds: [], below: [], sum: 0, count: 0 };
    points.set(key, point);
    const bound = labels.find(([name]) => name === 'le')?.[1];
    if (suffix === '_bucket' && bound !== '+Inf') point.bounds.push(Number(bound));
    if (suffix === '_bucket') point.below.push(value);
    if (suffix === '_sum') point.sum = value;
    if (suffix === '_count') point.count = value;
  }
  return [...points.values()].map(({ labels, bounds, below, sum, count }) => ({
    ...times,
    attributes: attributesOf(labels),
    count: String(count),
    sum,
    explicitBounds: bounds,
    bucketCounts: below.map((value, index) => String(value - (below[index - 1] ?? 0))),
  }));
};

const attributesOf = (labels: Labels): Attribute[] =>
  labels.map(([key, text]) => ({ key, value: { stringValue: text } }));

const nanos = (ms: number): string => `${BigInt(Math.round(ms)) * 1_000_000n}`;

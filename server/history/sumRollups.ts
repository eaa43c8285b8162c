import type { Rollup } from '../api/history.ts';
import type { Quantiles } from '../api/tasks.ts';
import { packOrNull } from '../state/figures/groupMinute.ts';
import { QuantileSketch } from '../state/figures/quantileSketch.ts';
import type { StepSum } from '../state/figures/stepSums.ts';
import { accountsToAdd } from './minuteRecord.ts';

/** One backend's account of one minute of one task type, queue or worker. */
export interface RollupPart {
  readonly name: string;
  readonly at: number;
  readonly heardFrom: number;
  readonly heardTo: number;
  readonly counts: readonly number[];
  readonly runtimes: Uint8Array | null;
  readonly waits: Uint8Array | null;
}

/** Adds the minutes up to steps, by name and time. */
export const sumRollups = (parts: readonly RollupPart[], stepSeconds: number): readonly Rollup[] => {
  const stepMs = wholeMinutesMs(stepSeconds);
  const steps = groupBy(partsToAdd(parts), ({ at, name }) => `${Math.floor(at / stepMs)} ${name}`);
  return [...steps]
    .map((step) => sum(step, stepMs))
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : Number(a.name > b.name)));
};

/** Adds the minutes of all names up to steps. */
export const sumSteps = (parts: readonly RollupPart[], stepSeconds: number): readonly StepSum[] => {
  const stepMs = wholeMinutesMs(stepSeconds);
  const steps = groupBy(partsToAdd(parts), ({ at }) => `${Math.floor(at / stepMs)}`);
  return [...steps].map((step) => ({
    at: Math.floor((step[0]?.at ?? 0) / stepMs) * stepMs,
    counts: (step[0]?.counts ?? []).map((_, index) => countOf(step, index)),
    runtimes: packOrNull(merged(step.map(({ runtimes }) => runtimes))),
    waits: packOrNull(merged(step.map(({ waits }) => waits))),
  }));
};

const wholeMinutesMs = (stepSeconds: number): number => Math.max(1, Math.round(stepSeconds / 60)) * 60_000;

/** Of several accounts of one minute, those that do not tell the same. */
const partsToAdd = (parts: readonly RollupPart[]): readonly RollupPart[] =>
  [...groupBy(parts, ({ at, name }) => `${at} ${name}`)].flatMap((accounts) =>
    accountsToAdd(accounts.map((part) => ({ ...part, weight: sumOf(part.counts) }))),
  );

const countOf = (parts: readonly RollupPart[], index: number): number =>
  parts.reduce((total, { counts }) => total + (counts[index] ?? 0), 0);

/** Node.js 20, which the command line runs on too, has no `Map.groupBy`. */
const groupBy = (parts: readonly RollupPart[], keyOf: (part: RollupPart) => string): Iterable<RollupPart[]> => {
  const groups = new Map<string, RollupPart[]>();
  for (const part of parts) {
    const key = keyOf(part);
    const group = groups.get(key);
    if (group) group.push(part);
    else groups.set(key, [part]);
  }
  return groups.values();
};

const sumOf = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const sum = (parts: readonly RollupPart[], stepMs: number): Rollup => {
  const at = (index: number): number => countOf(parts, index);
  return {
    name: parts[0]?.name ?? '',
    at: Math.floor((parts[0]?.at ?? 0) / stepMs) * stepMs,
    sent: at(0),
    received: at(1),
    started: at(2),
    succeeded: at(3),
    failed: at(4),
    retried: at(5),
    revoked: at(6),
    rejected: at(7),
    timedOut: at(8),
    runtime: quantilesOf(parts.map(({ runtimes }) => runtimes)),
    wait: quantilesOf(parts.map(({ waits }) => waits)),
  };
};

const merged = (sketches: readonly (Uint8Array | null)[]): QuantileSketch => {
  const sum = new QuantileSketch();
  for (const sketch of sketches) if (sketch !== null) sum.mergePacked(sketch);
  return sum;
};

const quantilesOf = (sketches: readonly (Uint8Array | null)[]): Quantiles => {
  const all = merged(sketches);
  return {
    count: all.total,
    mean: all.mean,
    p50: all.quantile(0.5),
    p95: all.quantile(0.95),
    p99: all.quantile(0.99),
  };
};

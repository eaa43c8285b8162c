import { median } from './report.ts';
import type { ProbeReading } from './soakProbe.ts';

export interface Reading extends ProbeReading {
  readonly seconds: number;
  /** Whether routes were asked since the reading before, or only events flowed. */
  readonly isAsking: boolean;
  /** How many rounds had been asked. */
  readonly rounds: number;
  readonly files: number;
}

export interface SoakFigures {
  readonly rounds: number;
  readonly events: number;
  /** Resident memory of the last third beside the first third after the warm-up, as a share. */
  readonly residentChange: number;
  readonly residentMb: number;
  /** What lived after each collection, and when. */
  readonly live: readonly number[];
  readonly liveAt: readonly number[];
  readonly bytesPerSecond: { readonly asking: number; readonly quiet: number };
  readonly growthPerRoundBytes: number;
  /** Of 24 hours in which each route is asked once a second. */
  readonly growthPerDayMb: number;
  readonly files: readonly [first: number, last: number];
  readonly resources: readonly [first: number, last: number];
  readonly listeners: readonly [first: number, last: number];
  readonly warnings: readonly string[];
  /** How many requests were answered, and which were not, by status and path. */
  readonly statuses: Readonly<Record<string, number>>;
}

const roundsPerDay = 86_400;
const thirds = 3;

/** What readings after the warm-up say. */
export const soakFigures = (
  readings: readonly Reading[],
  counted: Pick<SoakFigures, 'events' | 'statuses'>,
): SoakFigures => {
  const askingReadings = readings.filter(({ isAsking }) => isAsking);
  // Of the time of asking only: without questions connections are closed, and what they held would hide what is left open.
  const part = Math.max(1, Math.floor(askingReadings.length / thirds));
  const first = askingReadings.slice(0, part);
  const last = askingReadings.slice(-part);
  const change = (read: (reading: Reading) => number): readonly [number, number] => [
    median(first.map(read)),
    median(last.map(read)),
  ];
  const [before, after] = change(({ residentBytes }) => residentBytes);
  const asking = slope(askingReadings);
  const quiet = slope(readings.filter(({ isAsking }) => !isAsking));
  const growthPerRoundBytes = (asking - quiet) / roundsPerSecond(askingReadings);
  return {
    ...counted,
    rounds: readings.at(-1)?.rounds ?? 0,
    residentChange: after / before - 1,
    residentMb: after / 1024 / 1024,
    live: readings.map(({ liveBytes }) => liveBytes),
    liveAt: readings.map((reading) => Math.round(reading.seconds)),
    bytesPerSecond: { asking, quiet },
    growthPerRoundBytes,
    growthPerDayMb: (growthPerRoundBytes * roundsPerDay) / 1024 / 1024,
    files: change(({ files }) => files),
    resources: change(({ resources }) => resources),
    listeners: change(({ listeners }) => listeners),
    warnings: readings.at(-1)?.warnings ?? [],
  };
};

/**
 * Bytes that live on after a garbage collection, by second: the median of the slopes between all pairs (Theil and Sen). The
 * series of the last hours fill with time, whoever asks, and are full after two; so what counts is by how much more it
 * grows while routes are asked.
 */
const slope = (readings: readonly Reading[]): number => {
  const slopes = readings.flatMap((one, index) =>
    readings.slice(index + 1).map((other) => (other.liveBytes - one.liveBytes) / (other.seconds - one.seconds)),
  );
  return slopes.length === 0 ? 0 : median(slopes);
};

const roundsPerSecond = (readings: readonly Reading[]): number => {
  const [first, last] = [readings[0], readings.at(-1)];
  return first && last && last.rounds > first.rounds
    ? (last.rounds - first.rounds) / (last.seconds - first.seconds)
    : 1;
};

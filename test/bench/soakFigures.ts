import { median } from './report.ts';
import type { ProbeReading } from './soakProbe.ts';

export interface Reading extends ProbeReading {
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
  /** What lived after each collection, and at which round. */
  readonly live: readonly number[];
  readonly liveAt: readonly number[];
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
  const part = Math.max(1, Math.floor(readings.length / thirds));
  const first = readings.slice(0, part);
  const last = readings.slice(-part);
  const change = (read: (reading: Reading) => number): readonly [number, number] => [
    median(first.map(read)),
    median(last.map(read)),
  ];
  const [before, after] = change(({ residentBytes }) => residentBytes);
  const growthPerRoundBytes = slope(readings);
  return {
    ...counted,
    rounds: readings.at(-1)?.rounds ?? 0,
    residentChange: after / before - 1,
    residentMb: after / 1024 / 1024,
    live: readings.map(({ liveBytes }) => liveBytes),
    liveAt: readings.map((reading) => reading.rounds),
    growthPerRoundBytes,
    growthPerDayMb: (growthPerRoundBytes * roundsPerDay) / 1024 / 1024,
    files: change(({ files }) => files),
    resources: change(({ resources }) => resources),
    listeners: change(({ listeners }) => listeners),
    warnings: readings.at(-1)?.warnings ?? [],
  };
};

/** Bytes that live on after a garbage collection, by round: the median of the slopes between all pairs (Theil and Sen). */
const slope = (readings: readonly Reading[]): number => {
  const slopes = readings.flatMap((one, index) =>
    readings
      .slice(index + 1)
      .flatMap((other) =>
        other.rounds > one.rounds ? [(other.liveBytes - one.liveBytes) / (other.rounds - one.rounds)] : [],
      ),
  );
  return slopes.length === 0 ? 0 : median(slopes);
};

import { inUnit } from '../../page/inUnit.ts';
import { clock } from '../../page/times.ts';
import type { ChartPanel } from './chartPanel.ts';

export interface TableRow {
  readonly at: number;
  readonly time: string;
  readonly cells: readonly string[];
}

/** A chart as a table, newest first; steps of which nothing is known are left out. */
export const rowsOf = ({ times, lines, unit }: ChartPanel): readonly TableRow[] => {
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const rows = times.map((at, index) => ({ at, values: lines.map(({ values }) => values[index] ?? null) }));
  return rows
    .filter(({ values }) => values.some((value) => value !== null))
    .reverse()
    .map(({ at, values }) => ({ at, time: clock(at, spanMs), cells: values.map((value) => inUnit(value, unit)) }));
};

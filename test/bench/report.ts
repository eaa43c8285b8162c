/** One figure: what was measured, what came out, and what it should be. */
export interface Line {
  readonly bench: string;
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  /** Null where there is no target, or nothing could be measured. */
  readonly reached: boolean | null;
  /** The figures behind it, for the file. */
  readonly figures: Readonly<Record<string, number | string | null | readonly number[]>>;
}

export const notMeasured = (bench: string, reason: unknown): Line => {
  const why = reason instanceof Error ? (reason.message.split('\n')[0] ?? '') : String(reason);
  return { bench, what: `not measured: ${why}`, measured: '', target: '', reached: null, figures: {} };
};

export const formatLines = (lines: readonly Line[]): string => {
  const verdict = ({ reached }: Line): string => (reached === null ? '' : reached ? 'reached' : 'MISSED');
  const head = ['bench', 'what', 'measured', 'target', ''];
  const rows = [head, ...lines.map((line) => [line.bench, line.what, line.measured, line.target, verdict(line)])];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const format = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [format(head), rule, ...rows.slice(1).map(format)].join('\n');
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};

export const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;

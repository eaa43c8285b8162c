import { cutTo, displayWidth, padTo } from './displayWidth.ts';
import type { Paint, Style } from './paint.ts';

export interface Column<Row> {
  readonly header: string;
  readonly text: (row: Row) => string;
  readonly style?: (row: Row) => Style | null;
  readonly align?: 'left' | 'right';
  /** How narrow it may become; without it, it keeps its width. */
  readonly narrowest?: number;
  /** Left out where room is short, the highest first; without it, never. */
  readonly dispensable?: number;
}

export interface TableOptions {
  readonly width: number;
  readonly paint: Paint;
}

const gap = '  ';

/** The lines of a table that fits `width`: columns nobody fills are left out, then the dispensable, then texts are cut. */
export const table = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width, paint }: TableOptions,
): string[] => {
  const filled = columns.filter((column) => rows.some((row) => column.text(row) !== ''));
  const measured = filled.map((column) => measure(column, rows));
  const fitting = narrow(dropDispensable(measured, width), width);
  const header = fitting.map(({ column, cells }) => padTo(cutTo(column.header, cells), cells, column.align));
  return [paint('dim', header.join(gap).trimEnd()), ...rows.map((row) => line(fitting, row, paint))];
};

interface Measured<Row> {
  readonly column: Column<Row>;
  readonly cells: number;
}

const measure = <Row>(column: Column<Row>, rows: readonly Row[]): Measured<Row> => {
  let cells = displayWidth(column.header);
  for (const row of rows) cells = Math.max(cells, displayWidth(column.text(row)));
  return { column, cells };
};

const totalOf = (cells: readonly number[]): number =>
  cells.reduce((sum, each) => sum + each, gap.length * Math.max(0, cells.length - 1));

const narrowestOf = <Row>({ column, cells }: Measured<Row>): number => Math.min(cells, column.narrowest ?? cells);

const dropDispensable = <Row>(columns: readonly Measured<Row>[], width: number): readonly Measured<Row>[] => {
  if (totalOf(columns.map(narrowestOf)) <= width) return columns;
  const droppable = columns.filter(({ column }) => column.dispensable !== undefined);
  const next = droppable.toSorted((a, b) => (b.column.dispensable ?? 0) - (a.column.dispensable ?? 0))[0];
  return next === undefined
    ? columns
    : dropDispensable(
        columns.filter((each) => each !== next),
        width,
      );
};

/** Takes from the widest column that can give, until all fit. */
const narrow = <Row>(columns: readonly Measured<Row>[], width: number): readonly Measured<Row>[] => {
  const cells = columns.map((each) => each.cells);
  const floors = columns.map(narrowestOf);
  for (let excess = totalOf(cells) - width; excess > 0 && Number.isFinite(excess); excess--) {
    let widest = -1;
    for (const [index, each] of cells.entries()) {
      if (each > (floors[index] ?? 0) && each > (cells[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    cells[widest] = (cells[widest] ?? 0) - 1;
  }
  return columns.map((each, index) => ({ ...each, cells: cells[index] ?? each.cells }));
};

const line = <Row>(columns: readonly Measured<Row>[], row: Row, paint: Paint): string => {
  const last = columns.length - 1;
  return columns
    .map(({ column, cells }, index) => {
      const text = cutTo(column.text(row), cells);
      const isEnd = index === last && column.align !== 'right';
      return paint(column.style?.(row) ?? null, isEnd ? text : padTo(text, cells, column.align));
    })
    .join(gap)
    .trimEnd();
};

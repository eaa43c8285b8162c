/** Words take the room that is left; figures are as wide as they need be. */
export const fillWidth = <Column extends { readonly width: number; readonly isFigure: boolean }>(
  columns: readonly Column[],
  room: number,
): readonly Column[] => {
  const growing = columns.filter(({ width, isFigure }) => !isFigure && width >= narrowestToGrow);
  const left = room - columns.reduce((sum, { width }) => sum + width, 0);
  const shared = growing.reduce((sum, { width }) => sum + width, 0);
  if (left <= 0 || shared === 0) return columns;
  return columns.map((column) =>
    growing.includes(column) ? { ...column, width: Math.floor(column.width * (1 + left / shared)) } : column,
  );
};

const narrowestToGrow = 140;

export const rowHeight = 24;
/** Browsers draw nothing below some 33 million pixels; a longer list is scrolled in larger steps. */
const tallest = 24_000_000;
/** Rows drawn beyond what can be seen, so that a little scrolling shows no gap. */
const spare = 8;

export interface GridPlace {
  readonly scrollTop: number;
  readonly viewHeight: number;
  readonly total: number;
}

export interface GridRange {
  readonly bodyHeight: number;
  /** The first row that is drawn, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** The first row that can be seen. */
  readonly firstSeen: number;
  /** Where the first drawn row stands in the body, in pixels. */
  readonly top: number;
}

const bodyHeightOf = (total: number): number => Math.min(tallest, total * rowHeight);

/** Which rows are drawn, and where, for a place of the scroll bar. */
export const gridRange = ({ scrollTop, viewHeight, total }: GridPlace): GridRange => {
  const bodyHeight = bodyHeightOf(total);
  const exact = rowAt(scrollTop, viewHeight, total);
  const firstSeen = Math.min(Math.floor(exact), Math.max(0, total - 1));
  const first = Math.max(0, firstSeen - spare);
  const end = Math.min(total, firstSeen + Math.ceil(viewHeight / rowHeight) + 1 + spare);
  return { bodyHeight, first, end, firstSeen, top: scrollTop - (exact - first) * rowHeight };
};

/** The row, and how much of it, that stands at the upper edge. */
const rowAt = (scrollTop: number, viewHeight: number, total: number): number => {
  const bodyHeight = bodyHeightOf(total);
  if (bodyHeight === total * rowHeight) return scrollTop / rowHeight;
  const share = scrollTop / Math.max(1, bodyHeight - viewHeight);
  return Math.min(1, share) * Math.max(0, total - viewHeight / rowHeight);
};

/** Where to scroll so that a row can be seen; as it is, when it can be seen already. */
export const scrollTopFor = (row: number, place: GridPlace): number => {
  const { scrollTop, viewHeight, total } = place;
  const exact = rowAt(scrollTop, viewHeight, total);
  const seen = Math.max(1, Math.floor(viewHeight / rowHeight));
  const upper = row < exact ? row : row >= exact + seen ? row - seen + 1 : null;
  if (upper === null) return scrollTop;
  const bodyHeight = bodyHeightOf(total);
  if (bodyHeight === total * rowHeight) return upper * rowHeight;
  return (upper / Math.max(1, total - viewHeight / rowHeight)) * (bodyHeight - viewHeight);
};

/** Where a key leads from a row; null: nowhere. */
export const rowAfterKey = (
  key: string,
  row: number,
  place: Pick<GridPlace, 'viewHeight' | 'total'>,
): number | null => {
  const page = Math.max(1, Math.floor(place.viewHeight / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: place.total - 1,
  };
  const next = steps[key];
  return next === undefined || place.total === 0 ? null : Math.max(0, Math.min(place.total - 1, next));
};

/** A line from one node to another, by their ids. */
interface Link {
  readonly from: string;
  readonly to: string;
}

interface PlacedNode {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

interface PlacedLink extends Link {
  readonly path: string;
}

export interface LayeredGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
}

export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

const columnGap = 70;
const rowGap = 12;
const margin = 8;
const sweeps = 4;

/**
 * Senders to the left of what they send, in columns; within a column, each near its neighbours. It takes milliseconds for a
 * thousand nodes, where a layout that looks for the fewest crossings takes seconds.
 */
export const layeredLayout = (ids: readonly string[], links: readonly Link[], size: NodeSize): LayeredGraph => {
  const columns = columnsOf(ids, withoutLoops(ids, links));
  sortColumns(columns, links);
  const places = new Map<string, PlacedNode>();
  for (const [column, own] of columns.entries())
    for (const [row, id] of own.entries())
      places.set(id, {
        id,
        x: margin + column * (size.width + columnGap),
        y: margin + row * (size.height + rowGap),
      });
  const longest = Math.max(0, ...columns.map((own) => own.length));
  return {
    width: 2 * margin + columns.length * (size.width + columnGap) - columnGap,
    height: 2 * margin + longest * (size.height + rowGap) - rowGap,
    nodes: [...places.values()],
    links: links.flatMap((link) => {
      const [from, to] = [places.get(link.from), places.get(link.to)];
      return from && to ? [{ ...link, path: pathBetween(from, to, size) }] : [];
    }),
  };
};

/** A task that sends itself, or one that sends it, is no reason to stand further right. */
const withoutLoops = (ids: readonly string[], links: readonly Link[]): readonly Link[] => {
  const next = Map.groupBy(links, ({ from }) => from);
  const state = new Map<string, 'open' | 'done'>();
  const kept: Link[] = [];
  for (const start of ids) {
    if (state.has(start)) continue;
    const path = [{ id: start, at: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const link = next.get(top.id)?.[top.at++];
      if (!link) {
        state.set(top.id, 'done');
        path.pop();
      } else if (state.get(link.to) !== 'open') {
        kept.push(link);
        if (!state.has(link.to)) {
          state.set(link.to, 'open');
          path.push({ id: link.to, at: 0 });
        }
      }
    }
  }
  return kept;
};

/** Each in the column behind its last sender. */
const columnsOf = (ids: readonly string[], links: readonly Link[]): string[][] => {
  const next = Map.groupBy(links, ({ from }) => from);
  const waitsFor = new Map(ids.map((id) => [id, 0]));
  for (const { to } of links) waitsFor.set(to, (waitsFor.get(to) ?? 0) + 1);
  const column = new Map<string, number>();
  const ready = ids.filter((id) => waitsFor.get(id) === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    const own = column.get(id) ?? 0;
    column.set(id, own);
    for (const { to } of next.get(id) ?? []) {
      column.set(to, Math.max(column.get(to) ?? 0, own + 1));
      const left = (waitsFor.get(to) ?? 1) - 1;
      waitsFor.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  const columns: string[][] = [];
  for (const id of ids) {
    const own = column.get(id) ?? 0;
    while (columns.length <= own) columns.push([]);
    columns[own]?.push(id);
  }
  return columns;
};

/** Each node beside the middle of its neighbours, from the left and from the right by turns. */
const sortColumns = (columns: string[][], links: readonly Link[]): void => {
  const near = new Map<string, string[]>();
  const add = (id: string, other: string): void => {
    const own = near.get(id);
    if (own) own.push(other);
    else near.set(id, [other]);
  };
  for (const { from, to } of links) {
    add(from, to);
    add(to, from);
  }
  const rows = new Map<string, number>();
  const note = (column: readonly string[]): void => {
    for (const [row, id] of column.entries()) rows.set(id, row);
  };
  columns.forEach(note);
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const middle = new Map(
        column.map((id) => {
          const others = near.get(id) ?? [];
          const sum = others.reduce((total, other) => total + (rows.get(other) ?? 0), 0);
          return [id, others.length === 0 ? (rows.get(id) ?? 0) : sum / others.length];
        }),
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      note(column);
    }
};

const pathBetween = (from: PlacedNode, to: PlacedNode, { width, height }: NodeSize): string => {
  const [startX, startY, endX, endY] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2];
  const bend = Math.max(30, Math.abs(endX - startX) / 2);
  return `M${startX} ${startY}C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`;
};

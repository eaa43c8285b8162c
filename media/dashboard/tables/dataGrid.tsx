// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows.
// biome-ignore-all lint/a11y/useSemanticElements: the rows of a list of a million are placed one by one; a table's are not.
import { t } from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fillWidth, type GridPlace, gridRange, rowAfterKey, rowHeight, scrollTopFor } from './gridMath.ts';

export interface GridColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  readonly isFigure: boolean;
  readonly canSort: boolean;
  /** A click on its text opens the row. */
  readonly isLink?: boolean;
  readonly text: (row: Row) => string;
  readonly view?: (row: Row) => ComponentChildren;
}

interface DataGridParts<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly total: number;
  /** Undefined: not there yet. Null: it is gone. */
  readonly rowAt: (index: number) => Row | null | undefined;
  readonly keyOf: (row: Row) => string;
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
  readonly onSort: (column: string) => void;
  /** Null: there is nothing to open. */
  readonly onOpen: ((row: Row) => void) | null;
  /** Called with the rows that are drawn. */
  readonly onShow?: (first: number, end: number) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (row: Row) => void;
  /** Changes when the list begins anew: it is then shown from its beginning. */
  readonly listKey: string;
  readonly empty: string;
}

const firstHeight = 400;

/** A table of any length: only what can be seen is drawn. Arrows, Page and Home/End walk, Enter opens, Space selects. */
export const DataGrid = <Row,>(given: DataGridParts<Row>) => {
  const { total, rowAt, onShow } = given;
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ scrollTop: 0, viewHeight: firstHeight });
  const [viewWidth, setViewWidth] = useState(0);
  const columns = fillWidth(given.columns, viewWidth - (given.onSelect ? selectWidth : 0));
  const parts = { ...given, columns };
  const [active, setActive] = useState(0);
  const at: GridPlace = { ...place, total };
  const range = gridRange(at);
  useEffect(() => onShow?.(range.first, range.end), [onShow, range.first, range.end, parts.listKey]);
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: 0 });
    setActive(0);
  }, [parts.listKey]);
  useMeasured(box, (viewHeight, width) => {
    setPlace((before) => ({ ...before, viewHeight }));
    setViewWidth(width);
  });
  const width = columns.reduce((sum, column) => sum + column.width, parts.onSelect ? selectWidth : 0);

  const walk = (event: KeyboardEvent): void => {
    const row = rowAt(active);
    const next = rowAfterKey(event.key, active, at);
    if (next !== null) {
      setActive(next);
      const top = scrollTopFor(next, at);
      if (top !== place.scrollTop) box.current?.scrollTo({ top });
    } else if (event.key === 'Enter' && row) parts.onOpen?.(row);
    else if (event.key === ' ' && row) parts.onSelect?.(row);
    else return;
    event.preventDefault();
  };
  const indexes = Array.from({ length: Math.max(0, range.end - range.first) }, (_, each) => range.first + each);
  return (
    <div
      ref={box}
      class="data-grid"
      role="grid"
      tabIndex={0}
      aria-label={parts.label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-multiselectable={parts.onSelect ? true : undefined}
      aria-activedescendant={rowAt(active) ? rowId(active) : undefined}
      onKeyDown={(event) => event.target === event.currentTarget && walk(event)}
      onScroll={({ currentTarget }) => setPlace((before) => ({ ...before, scrollTop: currentTarget.scrollTop }))}
    >
      <GridHead parts={parts} width={width} />
      <div class="grid-body" role="rowgroup" style={{ height: px(range.bodyHeight), width: px(width) }}>
        {indexes.map((index, place) => (
          <GridRow
            key={index}
            parts={parts}
            index={index}
            top={range.top + place * rowHeight}
            isActive={index === active}
            onPoint={() => setActive(index)}
          />
        ))}
      </div>
      {total === 0 && <p class="quiet grid-empty">{parts.empty}</p>}
    </div>
  );
};

const px = (pixels: number): string => `${pixels}px`;
const selectWidth = 30;
const rowId = (index: number): string => `row-${index}`;

const useMeasured = (
  box: { readonly current: HTMLElement | null },
  measured: (height: number, width: number) => void,
): void => {
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => measured(element.clientHeight - rowHeight, element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
};

const GridHead = <Row,>({ parts, width }: { readonly parts: DataGridParts<Row>; readonly width: number }) => (
  <div class="grid-head" role="rowgroup" style={{ width: px(width) }}>
    <div class="grid-row" role="row" aria-rowindex={1}>
      {parts.onSelect && (
        <div role="columnheader" class="grid-cell" style={{ width: px(selectWidth) }} aria-label={t('Selected')} />
      )}
      {parts.columns.map(({ id, title, width: columnWidth, isFigure, canSort }) => {
        const isSorted = parts.sort?.column === id;
        const direction = parts.sort?.descending ? 'descending' : 'ascending';
        return (
          <div
            key={id}
            role="columnheader"
            class={isFigure ? 'grid-cell figure' : 'grid-cell'}
            style={{ width: px(columnWidth) }}
            aria-sort={isSorted ? direction : 'none'}
          >
            {canSort ? (
              <button type="button" class="plain" onClick={() => parts.onSort(id)}>
                {title}
                <span aria-hidden="true">{isSorted ? (parts.sort?.descending ? ' ▼' : ' ▲') : ''}</span>
              </button>
            ) : (
              title
            )}
          </div>
        );
      })}
    </div>
  </div>
);

interface GridRowParts<Row> {
  readonly parts: DataGridParts<Row>;
  readonly index: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly onPoint: () => void;
}

const GridRow = <Row,>({ parts, index, top, isActive, onPoint }: GridRowParts<Row>) => {
  const row = parts.rowAt(index);
  const isSelected = row ? (parts.selected?.has(parts.keyOf(row)) ?? false) : false;
  const open = (): void => {
    onPoint();
    if (row) parts.onOpen?.(row);
  };
  const classes = ['grid-row', index % 2 === 1 ? 'odd' : '', isActive ? 'active' : '', isSelected ? 'selected' : ''];
  return (
    <div
      role="row"
      id={rowId(index)}
      class={classes.join(' ')}
      aria-rowindex={index + 2}
      aria-selected={parts.onSelect ? isSelected : undefined}
      style={{ top: px(top) }}
      onClick={onPoint}
      onDblClick={open}
    >
      {parts.onSelect && (
        <div role="gridcell" class="grid-cell select" style={{ width: px(selectWidth) }}>
          {row && (
            <input
              type="checkbox"
              tabIndex={-1}
              checked={isSelected}
              aria-label={t('Select {0}', parts.keyOf(row))}
              onClick={() => parts.onSelect?.(row)}
            />
          )}
        </div>
      )}
      {parts.columns.map((column, place) => (
        <div
          key={column.id}
          role="gridcell"
          class={column.isFigure ? 'grid-cell figure' : 'grid-cell'}
          style={{ width: px(column.width) }}
          title={row ? column.text(row) : undefined}
        >
          {row && <CellText column={column} row={row} open={parts.onOpen} />}
          {row === null && place === 0 && <span class="quiet">{t('gone')}</span>}
          {row === undefined && place === 0 && <span class="quiet">…</span>}
        </div>
      ))}
    </div>
  );
};

interface CellTextParts<Row> {
  readonly column: GridColumn<Row>;
  readonly row: Row;
  readonly open: ((row: Row) => void) | null;
}

const CellText = <Row,>({ column, row, open }: CellTextParts<Row>) => {
  const shown = column.view?.(row) ?? column.text(row);
  if (!column.isLink || open === null || shown === '' || shown === null) return <>{shown}</>;
  return (
    <button type="button" class="link" tabIndex={-1} onClick={() => open(row)}>
      {shown}
    </button>
  );
};

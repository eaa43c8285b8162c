import { t } from '@vscode/l10n';
import { type DashboardFilter, type FilterKind, filterKinds } from '../../server/api/dashboard.ts';

/** What a person has chosen to see; kept while the page is hidden, and over a reload. */
export interface View {
  readonly rangeSeconds: number;
  /** A span that was chosen by dragging; null: the last `rangeSeconds`. */
  readonly zoom: Span | null;
  readonly filter: DashboardFilter | null;
  /** Null: live. */
  readonly pausedAt: number | null;
  /** The panels that are shown as tables. */
  readonly tables: readonly string[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The lengths of time that can be chosen, in seconds. */
export const ranges: readonly number[] = [300, 900, 3_600, 3 * 3_600, 6 * 3_600, 24 * 3_600, 7 * 86_400];

export const rangeWord = (seconds: number): string => {
  if (seconds < 3_600) return t('{0} minutes', seconds / 60);
  if (seconds === 3_600) return t('1 hour');
  return seconds <= 86_400 ? t('{0} hours', seconds / 3_600) : t('{0} days', seconds / 86_400);
};

const firstView: View = { rangeSeconds: 900, zoom: null, filter: null, pausedAt: null, tables: [] };
const shortestZoomMs = 10_000;

/** What was kept, as far as it still makes sense; at first the task that the page was opened for. */
export const viewFrom = (kept: unknown, taskName?: string): View => {
  if (typeof kept !== 'object' || kept === null)
    return taskName === undefined
      ? firstView
      : { ...firstView, filter: filterOf((kind) => (kind === 'type' ? [taskName] : [])) };
  const rangeSeconds = 'rangeSeconds' in kept ? kept.rangeSeconds : null;
  const tables = 'tables' in kept && Array.isArray(kept.tables) ? kept.tables : [];
  const pausedAt = 'pausedAt' in kept ? kept.pausedAt : null;
  return {
    rangeSeconds: ranges.find((seconds) => seconds === rangeSeconds) ?? firstView.rangeSeconds,
    zoom: 'zoom' in kept ? spanFrom(kept.zoom) : null,
    filter: 'filter' in kept ? filterFrom(kept.filter) : null,
    pausedAt: typeof pausedAt === 'number' ? pausedAt : null,
    tables: tables.filter((each) => typeof each === 'string'),
  };
};

const spanFrom = (value: unknown): Span | null => {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) return null;
  const { from, to } = value;
  return typeof from === 'number' && typeof to === 'number' && from < to ? { from, to } : null;
};

const filterFrom = (value: unknown): DashboardFilter | null => {
  if (typeof value !== 'object' || value === null) return null;
  return filterOf((kind) => {
    const names: unknown = Reflect.get(value, kind);
    return Array.isArray(names) ? names.filter((each) => typeof each === 'string') : [];
  });
};

/** Null for none at all: a kind without names is left out. */
const filterOf = (namesOf: (kind: FilterKind) => readonly string[]): DashboardFilter | null => {
  const kinds = filterKinds.flatMap((kind) => {
    const names = namesOf(kind);
    return names.length > 0 ? [[kind, names] as const] : [];
  });
  return kinds.length > 0 ? Object.fromEntries(kinds) : null;
};

/** The span that is asked for: an end that is left out is now. */
export const spanOf = ({ zoom, rangeSeconds, pausedAt }: View, now: number): { from: number; to?: number } => {
  if (zoom) return { from: zoom.from, to: zoom.to };
  if (pausedAt !== null) return { from: pausedAt - rangeSeconds * 1000, to: pausedAt };
  return { from: now - rangeSeconds * 1000 };
};

export const zoomed = (view: View, from: number, to: number): View => {
  const middle = (from + to) / 2;
  const half = Math.max(shortestZoomMs, to - from) / 2;
  return { ...view, zoom: { from: Math.round(middle - half), to: Math.round(middle + half) } };
};

/** Choosing what is chosen already takes it away; what is chosen of the other kinds stays. */
export const filteredBy = (view: View, kind: FilterKind, name: string): View => {
  const chosen = view.filter?.[kind] ?? [];
  return withNames(view, kind, chosen.length === 1 && chosen[0] === name ? [] : [name]);
};

/** One name more, or less where it was there. */
export const toggled = (view: View, kind: FilterKind, name: string): View => {
  const chosen = view.filter?.[kind] ?? [];
  const others = chosen.filter((each) => each !== name);
  return withNames(view, kind, others.length < chosen.length ? others : [...chosen, name]);
};

export const withNames = (view: View, kind: FilterKind, names: readonly string[]): View => ({
  ...view,
  filter: filterOf((each) => (each === kind ? names : (view.filter?.[each] ?? []))),
});

export const withTable = (view: View, panel: string): View => ({
  ...view,
  tables: view.tables.includes(panel) ? view.tables.filter((each) => each !== panel) : [...view.tables, panel],
});

/** How often a span is read again while it is looked at: long steps do not change every second. */
export const rhythmMs = ({ rangeSeconds, zoom }: View): number => {
  if (zoom) return 5_000;
  if (rangeSeconds <= 900) return 1_000;
  return rangeSeconds <= 3_600 ? 2_000 : rangeSeconds <= 6 * 3_600 ? 10_000 : 30_000;
};

export const wordOfKind = (kind: FilterKind): string =>
  ({ type: t('Task'), queue: t('Queue'), worker: t('Worker') })[kind];

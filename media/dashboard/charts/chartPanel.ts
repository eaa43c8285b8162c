import { t } from '@vscode/l10n';
import {
  type Dashboard,
  type DashboardMetric,
  dashboardRates,
  type FilterKind,
} from '../../../server/api/dashboard.ts';
import type { Unit } from '../../page/inUnit.ts';
import type { Threshold } from '../thresholds.ts';

export type Color = 'green' | 'red' | 'yellow' | 'blue' | 'purple' | 'cyan' | 'foreground';

export interface Line {
  readonly key: string;
  readonly label: string;
  readonly color: Color;
  readonly values: readonly (number | null)[];
  readonly isArea?: true;
  /** What a click on it filters by. */
  readonly filter?: { readonly kind: FilterKind; readonly name: string };
}

/** What one chart shows: enough to draw it, to write it as a table, and to say it in a sentence. */
export interface ChartPanel {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly stepSeconds: number;
  /** The time at which each value's step begins. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly thresholds: readonly Threshold[];
  /** `fit`: up to what is shown and its thresholds. `symmetric`: zero is in the middle. Otherwise as usual for the unit. */
  readonly scale?: 'fit' | 'symmetric';
  /** What it shows, where that is not what the page is filtered by. */
  readonly badge?: string;
  readonly note: string;
  /** Why there is nothing to draw when there is nothing. */
  readonly empty: string;
}

export const timesOf = (from: number, stepSeconds: number, steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, index) => from + index * stepSeconds * 1000);

export const byStep = ({ from, stepSeconds, points }: Dashboard) => ({
  stepSeconds,
  times: timesOf(from, stepSeconds, points.succeeded.length),
});

export const line = (dashboard: Dashboard, key: DashboardMetric, label: string, color: Color): Line => ({
  key,
  label,
  color,
  values: isRateMetric(key) ? withoutUnfinished(dashboard, dashboard.points[key]) : dashboard.points[key],
});

const isRateMetric = (metric: DashboardMetric): boolean =>
  (dashboardRates as readonly DashboardMetric[]).includes(metric);

/** A step that is not over yet holds fewer than it will: shown, it would look like a fall. The first step of all is shown. */
export const withoutUnfinished = (
  { at, from, stepSeconds }: Pick<Dashboard, 'at' | 'from' | 'stepSeconds'>,
  values: readonly (number | null)[],
): readonly (number | null)[] => {
  const stepMs = stepSeconds * 1000;
  const unfinished = values.findIndex((_, index) => from + (index + 1) * stepMs > at);
  if (unfinished < 0 || values.slice(0, unfinished).every((value) => value === null)) return values;
  return values.map((value, index) => (index < unfinished ? value : null));
};

/** These figures are of the whole cluster, whatever the page is filtered by. */
export const ofWholeCluster = ({ filter }: Dashboard): { readonly badge?: string } =>
  filter === null ? {} : { badge: t('whole cluster') };

export const whole = (values: readonly (number | null)[]): readonly (number | null)[] =>
  values.map((value) => (value === null ? null : Math.round(value)));

export const unknownSpan = (): string => t('No data in this time range.');

export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

export const lineColors: readonly Color[] = ['blue', 'yellow', 'purple', 'green', 'red', 'cyan'];

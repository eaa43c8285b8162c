import type { TaskQuery } from '../../server/api/tasks.ts';
import type { ConnectionSetting } from '../connections/resolveConnection.ts';
import { type FrameTarget, frameTarget } from '../goToCode/frameTarget.ts';
import { fieldOf } from './fieldOf.ts';
import { type RowTarget, rowTarget, rowTargets } from './rowTarget.ts';

/** How a command reads what it is called on, and what code may call it on. */
interface Argument<Target, Given extends readonly unknown[]> {
  read(row: unknown, selected: unknown): Target;
  give(...given: Given): Given;
}

const argument = <Target, Given extends readonly unknown[]>(
  read: (row: unknown, selected: unknown) => Target,
): Argument<Target, Given> => ({ read, give: (...given) => given });

/** For commands that are called on nothing. */
export const nothing = argument<void, []>(() => undefined);

export const row = argument<RowTarget, [row?: Partial<RowTarget> | undefined]>(rowTarget);

/** The selected rows, or the one that was pointed at. */
export const rows = argument<readonly RowTarget[], [row: Partial<RowTarget>]>(rowTargets);

export const frame = argument<FrameTarget | null, [FrameTarget]>(frameTarget);

/** An entry to begin with. A row of a view is none; who found a broker hands over at least its URL. */
export const prefill = argument<ConnectionSetting, [found?: ConnectionSetting]>((found) =>
  typeof fieldOf(found, 'url') === 'string' ? Object(found) : {},
);

interface MoreRows {
  readonly parentId: string;
  readonly step: number;
}

/** The row that stands for more rows; null: it was another one. */
export const moreRows = argument<MoreRows | null, [MoreRows]>((given) => {
  const [parentId, step] = [fieldOf(given, 'parentId'), fieldOf(given, 'step')];
  return typeof parentId === 'string' && typeof step === 'number' ? { parentId, step } : null;
});

interface Dashboard extends RowTarget {
  /** Whether a second one is wanted beside one that is open. */
  readonly another: boolean;
}

export const dashboard = argument<Dashboard, [row?: Partial<Dashboard> | undefined]>((given) => ({
  ...rowTarget(given),
  another: fieldOf(given, 'another') === true,
}));

export interface ExportOrder {
  readonly clusterId: string | null;
  readonly query: TaskQuery;
  readonly source: 'memory' | 'history';
}

/** What a table of a page shows. The backend decodes the query, as everything that comes from a page. */
export const exportOrder = argument<ExportOrder, [ExportOrder]>((given) => {
  const query = fieldOf(given, 'query');
  return {
    clusterId: rowTarget(given).clusterId,
    query: typeof query === 'object' && query !== null ? query : {},
    source: fieldOf(given, 'source') === 'history' ? 'history' : 'memory',
  };
});

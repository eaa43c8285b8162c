import { t } from '@vscode/l10n';
import type { TaskResult } from '../../server/api/results.ts';
import { pythonToJson } from '../python/pythonToJson.ts';

/** One side of a call: its positional or its keyword arguments. */
export type Recovered =
  | { readonly kind: 'whole'; readonly json: string }
  /** A draft for a person to complete; it is no valid JSON as it is. */
  | { readonly kind: 'partial'; readonly draft: string; readonly reason: string };

/** What a task was called with, as far as it can be known. */
export interface OriginalCall {
  readonly taskId: string;
  readonly taskName: string;
  readonly queue: string | null;
  readonly args: Recovered;
  readonly kwargs: Recovered;
}

export interface CallReprs {
  readonly args: string | null;
  readonly kwargs: string | null;
}

type Side = 'args' | 'kwargs';

/** The events' repr where it is whole: it is exact. Otherwise what the result backend keeps with `result_extended`. */
export const recoverSide = (side: Side, reprs: CallReprs, stored: TaskResult | null): Recovered => {
  const repr = reprs[side];
  const converted = repr === null || repr === '' ? null : pythonToJson(repr);
  if (converted?.isWhole && fits(side, converted.json)) return { kind: 'whole', json: converted.json };
  const kept = storedJson(side, stored);
  if (kept !== null) return { kind: 'whole', json: kept };
  return { kind: 'partial', draft: draftOf(side, converted?.json ?? null), reason: reasonOf(repr) };
};

/** Null also where JavaScript's numbers are not what is stored: nothing is sent that was not there. */
const storedJson = (side: Side, stored: TaskResult | null): string | null => {
  const value = stored?.found ? stored[side] : null;
  if (typeof value === 'string') {
    const converted = pythonToJson(value);
    return converted.isWhole && fits(side, converted.json) ? converted.json : null;
  }
  if (typeof value !== 'object' || value === null || !isExact(value)) return null;
  const json = JSON.stringify(value);
  return fits(side, json) ? json : null;
};

const isExact = (value: unknown): boolean => {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value === 'bigint') return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isExact);
};

const fits = (side: Side, json: string): boolean => json.startsWith(side === 'args' ? '[' : '{');

/** Never valid: it has to be completed. */
const draftOf = (side: Side, draft: string | null): string => {
  if (draft !== null && fits(side, draft)) return draft;
  return draft === null ? '' : `${draft} …`;
};

const reasonOf = (repr: string | null): string =>
  repr === null || repr === ''
    ? t('no event reported them')
    : repr.includes('...')
      ? t('Celery cut them short; complete the places marked with …')
      : t('they hold values without a JSON form; replace the places marked with …');

export const isWhole = ({ args, kwargs }: Pick<OriginalCall, 'args' | 'kwargs'>): boolean =>
  args.kind === 'whole' && kwargs.kind === 'whole';

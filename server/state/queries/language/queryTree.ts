import type { TaskTimeColumn } from '../../../api/tasks.ts';

/** What a column of names, which are interned, is called. */
export type LabelColumn = 'name' | 'worker' | 'queue' | 'client';

export type TextColumn = 'args' | 'kwargs' | 'result' | 'exception';

export type NumberColumn = 'runtime' | 'wait' | 'retries';

/** A query as it was understood. Times are milliseconds since 1970, lengths of time are seconds. */
export type QueryTree =
  | { readonly kind: 'all'; readonly parts: readonly QueryTree[] }
  | { readonly kind: 'any'; readonly parts: readonly QueryTree[] }
  | { readonly kind: 'not'; readonly part: QueryTree }
  /** Capital and small letters are the same; `*` stands for anything. */
  | { readonly kind: 'state'; readonly patterns: readonly string[] }
  | { readonly kind: 'label'; readonly column: LabelColumn; readonly patterns: readonly string[] }
  /** The id begins with it, or is like it where it has a `*`. */
  | { readonly kind: 'id'; readonly pattern: string }
  /** Some of the columns holds one of the texts, or is like one that has a `*`. */
  | { readonly kind: 'text'; readonly columns: readonly TextColumn[]; readonly texts: readonly string[] }
  /** What a search for a plain word finds: any text column, or the beginning of the id. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'number'; readonly column: NumberColumn; readonly span: Span }
  | { readonly kind: 'time'; readonly column: TaskTimeColumn; readonly span: Span };

/** Both ends are optional; each says whether it belongs to the span. */
export interface Span {
  readonly from: number;
  readonly hasFrom: boolean;
  readonly to: number;
  readonly hasTo: boolean;
}

export const spanHas = ({ from, hasFrom, to, hasTo }: Span, value: number): boolean =>
  (value > from || (hasFrom && value === from)) && (value < to || (hasTo && value === to));

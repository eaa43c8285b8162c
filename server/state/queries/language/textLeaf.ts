import type { TaskStore } from '../../rows/taskStore.ts';
import { TextFinder } from '../../texts/textFinder.ts';
import { resultField } from '../../texts/textWriter.ts';
import type { FoundRows } from '../foundRows.ts';
import type { Sliced } from '../slices.ts';
import { TextSearch } from '../textSearch.ts';
import { textPattern } from './textPattern.ts';

/** One term about texts: held against one row, or found in all of them beforehand. */
export class TextLeaf {
  private readonly search: TextSearch;
  private found: FoundRows | null = null;

  /** `fields` null: all that a search looks at, and the beginning of the id. */
  constructor(store: TaskStore, text: string, fields: readonly number[] | null) {
    const { piece, fits } = fields === null ? { piece: text, fits: undefined } : textPattern(text);
    this.search = fields === null ? new TextSearch(store, text) : new TextSearch(store, piece, new Set(fields), fits);
  }

  matches(row: number): boolean {
    return this.found === null ? this.search.matches(row) : this.found.has(row);
  }

  *prepare(): Sliced<void> {
    this.found = yield* this.search.findAll();
  }
}

/** `result:*`: whether a task has such a text at all. */
export class FieldIsThere {
  private readonly store: TaskStore;
  private readonly fields: readonly number[];
  private readonly finder: TextFinder;

  constructor(store: TaskStore, fields: readonly number[]) {
    this.store = store;
    this.fields = fields;
    this.finder = new TextFinder(store.arena);
  }

  readonly matches = (row: number): boolean => {
    const { columns } = this.store;
    return this.fields.some((field) =>
      this.finder.find((field < resultField ? columns.input[row] : columns.outcome[row]) ?? 0, field),
    );
  };
}

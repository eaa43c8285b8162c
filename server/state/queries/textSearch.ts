import type { TaskStore } from '../rows/taskStore.ts';
import { Needle } from '../texts/needle.ts';
import { ShownTexts } from '../texts/shownTexts.ts';
import { freeBlock, type TextPage } from '../texts/textArena.ts';
import { TextFinder } from '../texts/textFinder.ts';
import { argsField, exceptionField, idField, kwargsField, resultField } from '../texts/textWriter.ts';
import { FoundRows } from './foundRows.ts';
import { NameSearch } from './nameSearch.ts';
import { byParts, type Sliced } from './slices.ts';

/** What a text is looked for in, where nothing else is said; then the beginning of an id counts too. */
const everywhere: ReadonlySet<number> = new Set([argsField, kwargsField, resultField, exceptionField, idField]);
/** Shorter beginnings of ids match by chance. */
const shortestIdStart = 6;

/** Finds a text in what tasks hold and in what names them, with ASCII capitals and small letters the same. */
export class TextSearch {
  private readonly store: TaskStore;
  private readonly needle: Needle;
  /** Null where only some of the texts are looked at. */
  private readonly names: NameSearch | null;
  private readonly idStart: IdStart | null;
  private readonly finder: TextFinder;
  private readonly shown: ShownTexts;
  private readonly fields: ReadonlySet<number>;

  /** `fields`: only there. `fits`: what the whole text must be like. */
  constructor(store: TaskStore, text: string, fields = everywhere, fits?: (shown: string) => boolean) {
    this.store = store;
    this.fields = fields;
    this.needle = new Needle(text);
    this.names = fields === everywhere ? new NameSearch(store, text) : null;
    this.finder = new TextFinder(store.arena);
    this.shown = new ShownTexts(store.show, text, fits);
    this.idStart = fields === everywhere ? idStartOf(text.toLowerCase()) : null;
  }

  matches(row: number): boolean {
    const { columns } = this.store;
    return (
      this.isNamed(row) ||
      this.isIdStart(row) ||
      this.isInBlock(columns.input[row] ?? 0) ||
      this.isInBlock(columns.outcome[row] ?? 0)
    );
  }

  /**
   * Every row that matches: whole pages at a time, which is far quicker than row by row. Between the pages tasks may go and
   * rows be used again, so that each row found is kept with a part of its task's id.
   */
  *findAll(): Sliced<FoundRows> {
    const { arena, rowLimit } = this.store;
    const found = new FoundRows(this.store);
    for (const page of arena.livePages()) {
      this.searchPage(page, found);
      // What was read of a text may stand elsewhere when the next page has its turn.
      this.shown.forget();
      yield;
    }
    if (this.fields !== everywhere) return found;
    yield* byParts(rowLimit, (from, to) => {
      this.names?.forget();
      for (let row = from; row < to; row++) if (this.isNamed(row) || this.isIdStart(row)) found.add(row);
    });
    return found;
  }

  private isNamed(row: number): boolean {
    return this.names?.matches(row) ?? false;
  }

  private searchPage(page: TextPage, found: FoundRows): void {
    const { blockSize, words } = page;
    const end = page.fresh * blockSize;
    for (let at = this.needle.indexIn(page, 0, end); at >= 0; ) {
      const offset = Math.floor(at / blockSize) * blockSize;
      const row = words[offset / 4] ?? freeBlock;
      const isHit = row !== freeBlock && this.isInField(page, offset, at);
      if (isHit) found.add(row);
      at = this.needle.indexIn(page, isHit || row === freeBlock ? offset + blockSize : at + 1, end);
    }
  }

  private isInBlock(handle: number): boolean {
    if (handle === 0) return false;
    const { arena } = this.store;
    const page = arena.pageOf(handle);
    const offset = arena.offsetIn(page, handle);
    const end = offset + page.blockSize;
    let at = this.needle.indexIn(page, offset + 4, end);
    while (at >= 0) {
      if (this.isInField(page, offset, at)) return true;
      at = this.needle.indexIn(page, at + 1, end);
    }
    return false;
  }

  /** Whether the bytes found at `at` are part of one searched text, not of two or of what a longer one left behind. */
  private isInField(page: TextPage, offset: number, at: number): boolean {
    const { finder, shown, fields } = this;
    if (!finder.findAt(page.bytes, offset, at) || !fields.has(finder.field)) return false;
    if (at + this.needle.length > finder.end) return false;
    return finder.field === idField || shown.holds(page.bytes, finder.start, finder.end);
  }

  private isIdStart(row: number): boolean {
    const { idStart } = this;
    if (idStart === null) return false;
    const { ids } = this.store;
    for (let index = 0; index < 4; index++) {
      const mask = idStart.masks[index] ?? 0;
      if (mask === 0) break;
      if ((ids.word(row, index) & mask) !== idStart.values[index]) return false;
    }
    return true;
  }
}

interface IdStart {
  readonly masks: Int32Array;
  readonly values: Int32Array;
}

const shape = /^[0-9a-f]{1,8}(-|$)([0-9a-f]{1,4}(-|$)){0,3}[0-9a-f]{0,12}$/;

/** The first bits of a UUID, when the text can be its beginning. */
const idStartOf = (text: string): IdStart | null => {
  const digits = text.replaceAll('-', '');
  if (digits.length < shortestIdStart || digits.length > 32 || !shape.test(text)) return null;
  if ([8, 13, 18, 23].some((at) => at < text.length && text[at] !== '-')) return null;
  const masks = new Int32Array(4);
  const values = new Int32Array(4);
  for (let index = 0; index < digits.length; index++) {
    const shift = 28 - (index % 8) * 4;
    const word = index >> 3;
    masks[word] = (masks[word] ?? 0) | (15 << shift);
    values[word] = (values[word] ?? 0) | (Number.parseInt(digits[index] ?? '0', 16) << shift);
  }
  return { masks, values };
};

import { ownCopy } from '../../celery/ownCopy.ts';

const hintCount = 256;
/** Longer ones, tracebacks mostly, count as long. */
const longText = 2_048;

/** Where the number of a text may be found without hashing all of it. */
const hintOf = (text: string): number =>
  (text.length * 31 + text.charCodeAt(text.length - 1) * 7 + text.charCodeAt(text.length >> 1)) & (hintCount - 1);

/**
 * Gives equal strings one number. Counts its users, so that what nobody holds any more is forgotten: sender names such as
 * `gen4711@host` would otherwise pile up for ever. 0 stands for no string.
 */
export class Interner {
  /** Longer ones are cut. */
  readonly longestText = 65_536;
  private readonly ids = new Map<string, number>();
  private readonly texts: string[] = [''];
  private users = new Uint32Array(256);
  private readonly free: number[] = [];
  /** The number last given to a text of this hint. The strings of events are new each time, so hashing them costs. */
  private readonly hints = new Uint32Array(hintCount);

  /** What the long ones hold; V8 keeps a character in one byte, or all of a text in two each. */
  longBytes = 0;

  get size(): number {
    return this.ids.size;
  }

  /** The number of `text`, held once more. */
  acquire(text: string): number {
    const hint = hintOf(text);
    const hinted = this.hints[hint] ?? 0;
    const id = hinted !== 0 && text !== '' && this.texts[hinted] === text ? hinted : this.look(text);
    this.hints[hint] = id;
    this.users[id] = (this.users[id] ?? 0) + 1;
    return id;
  }

  retain(id: number): number {
    if (id !== 0) this.users[id] = (this.users[id] ?? 0) + 1;
    return id;
  }

  release(id: number): void {
    if (id === 0) return;
    const left = (this.users[id] ?? 1) - 1;
    this.users[id] = left;
    if (left > 0) return;
    const text = this.textOf(id);
    if (text.length > longText) this.longBytes -= heldBy(text);
    this.ids.delete(text);
    this.texts[id] = '';
    this.free.push(id);
  }

  /** Whether it is long and nearly nobody else's: what many share costs each of them little. */
  isOwnLong(id: number): boolean {
    return id !== 0 && (this.users[id] ?? 0) <= 2 && this.textOf(id).length > longText;
  }

  textOf(id: number): string {
    return this.texts[id] ?? '';
  }

  textOrNull(id: number): string | null {
    return id === 0 ? null : this.textOf(id);
  }

  /** All numbers are below it. */
  get limit(): number {
    return this.texts.length;
  }

  /** Every string in use, with its number. */
  entries(): IterableIterator<[string, number]> {
    return this.ids.entries();
  }

  idOf(text: string): number | undefined {
    return this.ids.get(text);
  }

  private look(text: string): number {
    const key = text.length <= this.longestText ? text : text.slice(0, this.longestText);
    return this.ids.get(key) ?? this.add(key);
  }

  private add(given: string): number {
    const text = ownCopy(given);
    if (text.length > longText) this.longBytes += heldBy(text);
    const id = this.free.pop() ?? this.texts.length;
    this.ids.set(text, id);
    this.texts[id] = text;
    if (id >= this.users.length) {
      const more = new Uint32Array(this.users.length * 2);
      more.set(this.users);
      this.users = more;
    }
    return id;
  }
}

const heldBy = (text: string): number => 2 * text.length;

interface Sorted {
  readonly names: readonly string[];
  readonly inOrder: readonly string[];
}

const remembered = 200;

/**
 * Sorts names as people count: w2 before w10. That is slow for thousands of names, and they are mostly the same as the
 * last time.
 */
export class NameOrder {
  /** Loading its tables takes 10 ms, which nobody shall wait for whose view is empty. */
  #collator: Intl.Collator | null = null;
  readonly #known = new Map<string, Sorted>();

  /** `key` tells one list from the others. */
  sort(key: string, names: readonly string[]): readonly string[] {
    const last = this.#known.get(key);
    if (last && isSame(last.names, names)) return last.inOrder;
    this.#collator ??= new Intl.Collator('en', { numeric: true });
    const inOrder = [...names].sort(this.#collator.compare);
    if (this.#known.size >= remembered) this.#known.clear();
    this.#known.set(key, { names, inOrder });
    return inOrder;
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

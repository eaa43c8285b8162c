/** A row that is drawn anew closes what is shown over it: whoever reads there gets his time. */
const readWithinMs = 10_000;

/**
 * VS Code asks once what to say when somebody points at a row, and says it until the row is drawn anew. So it is remembered
 * what was said of which row, and when that has become untrue.
 */
export class PointedRows {
  readonly #said = new Map<string, { readonly text: string; readonly at: number }>();

  note(id: string, text: string, at: number): void {
    this.#said.set(id, { text, at });
  }

  /** The row is drawn anew, and nothing said of it. */
  forget(id: string): void {
    this.#said.delete(id);
  }

  /** The rows of which something else would be said now; `textOf` is null where a row is gone. */
  outdated(now: number, textOf: (id: string) => string | null): string[] {
    const outdated: string[] = [];
    for (const [id, { text, at }] of this.#said) {
      const present = now - at < readWithinMs ? text : textOf(id);
      if (present === null) this.#said.delete(id);
      else if (present !== text) outdated.push(id);
    }
    return outdated;
  }
}

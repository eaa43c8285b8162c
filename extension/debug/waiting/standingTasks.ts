/** The tasks that wait in rdb on this machine now, by id: for the rows that show them. */
export class StandingTasks {
  #ids: ReadonlySet<string> = new Set();
  readonly #listeners = new Set<() => void>();

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  replace(ids: readonly string[]): void {
    const next = new Set(ids);
    if (next.size === this.#ids.size && ids.every((id) => this.#ids.has(id))) return;
    this.#ids = next;
    for (const listener of this.#listeners) listener();
  }
}

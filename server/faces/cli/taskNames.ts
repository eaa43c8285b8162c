/** Ended tasks are let go of; beyond this many that never end, the oldest are. */
const limit = 200_000;

const last = new Set(['task-succeeded', 'task-failed', 'task-revoked', 'task-rejected']);

/** Remembers the names that the first event of a task tells, for those after it. */
export class TaskNames {
  private readonly names = new Map<string, string>();

  /** The name of the event's task, where it or an earlier one told. */
  of(event: Readonly<Record<string, unknown>>): string | null {
    const { uuid, name, type } = event;
    if (typeof uuid !== 'string') return null;
    const known = typeof name === 'string' && name !== '' ? name : (this.names.get(uuid) ?? null);
    if (typeof type === 'string' && last.has(type)) this.names.delete(uuid);
    else if (known !== null && !this.names.has(uuid)) this.remember(uuid, known);
    return known;
  }

  private remember(uuid: string, name: string): void {
    this.names.set(uuid, name);
    if (this.names.size <= limit) return;
    const [oldest] = this.names.keys();
    if (oldest !== undefined) this.names.delete(oldest);
  }
}

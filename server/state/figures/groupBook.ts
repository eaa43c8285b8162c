import type { GroupStats } from '../../api/tasks.ts';
import type { Interner } from '../names/interner.ts';
import type { TaskStates } from '../names/taskStates.ts';
import { Group } from './group.ts';
import type { GroupKind, GroupMinute } from './groupMinute.ts';

const groupLimit = 5000;
const earlyGroups = 500;
/** So many take about a millisecond. */
const groupsAtOnce = 64;
const forgetIdleAfterMs = 24 * 3600 * 1000;
/** What does not find a place any more is counted together. */
const othersName = '(others)';

/** The groups of one sort (task types, queues, workers), by the interner's number of their name. */
export class GroupBook {
  private readonly groups: (Group | undefined)[] = [];
  private readonly ids = new Set<number>();
  private others: Group | null = null;
  private readonly interner: Interner;

  constructor(interner: Interner) {
    this.interner = interner;
  }

  /** Null for 0: what is unknown belongs to no group. */
  of(id: number, now: number): Group | null {
    if (id === 0) return null;
    return this.groups[id] ?? this.add(id, now);
  }

  /** As `of`, for what has been counted before. */
  known(id: number): Group | null {
    if (id === 0) return null;
    return this.groups[id] ?? this.others;
  }

  /** The figures of each group, or of those of these names, by name; it can be left wherever enough was done at once. */
  *stats(now: number, states: TaskStates, names?: readonly string[]): Generator<void, readonly GroupStats[]> {
    const wanted = names && new Set(names);
    const groups = this.inOrder().filter(([name]) => wanted?.has(name) ?? true);
    const stats: GroupStats[] = [];
    for (const [index, [name, group]] of groups.entries()) {
      if (index > 0 && index % groupsAtOnce === 0) yield;
      stats.push(group.stats(name, now, states));
    }
    return stats;
  }

  /** In the order of names. */
  names(): readonly string[] {
    return this.inOrder().map(([name]) => name);
  }

  private inOrder(): readonly (readonly [string, Group])[] {
    const others = this.others ? [[othersName, this.others] as const] : [];
    return [...this.named(), ...others].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  named(): readonly (readonly [string, Group])[] {
    return [...this.ids].flatMap((id) => {
      const group = this.groups[id];
      return group ? [[this.interner.textOf(id), group] as const] : [];
    });
  }

  /** Those whose names fit; all of them without a test. */
  select(fits?: (name: string) => boolean): readonly Group[] {
    const chosen = fits ? [...this.ids].filter((id) => fits(this.interner.textOf(id))) : [...this.ids];
    const groups = chosen.flatMap((id) => this.groups[id] ?? []);
    return !fits && this.others ? [...groups, this.others] : groups;
  }

  /** What the minute at `at`, one of the last five, brought to each group in which anything happened. */
  minute(kind: GroupKind, at: number): readonly GroupMinute[] {
    const named = [...this.ids].map((id) => [this.interner.textOf(id), this.groups[id]] as const);
    return [...named, [othersName, this.others] as const]
      .filter(([, group]) => group && group.lastAt >= at)
      .flatMap(([name, group]) => group?.minute(kind, name, at) ?? [])
      .filter(({ counts }) => counts.some((count) => count > 0));
  }

  /** Drops groups that hold no task and had no event for a day. */
  forgetIdle(now: number): void {
    for (const id of this.ids) {
      const group = this.groups[id];
      if (group && (group.heldTotal > 0 || now - group.lastAt < forgetIdleAfterMs)) continue;
      this.groups[id] = undefined;
      this.ids.delete(id);
      this.interner.release(id);
    }
  }

  private add(id: number, now: number): Group {
    if (this.ids.size >= groupLimit) {
      this.others ??= new Group(now);
      return this.others;
    }
    const group = new Group(now, this.ids.size < earlyGroups);
    this.groups[id] = group;
    this.ids.add(this.interner.retain(id));
    return group;
  }
}

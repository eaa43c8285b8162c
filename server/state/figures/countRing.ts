import { StepRing } from './stepRing.ts';

/** Counts of several kinds in the last `slots` steps of time; older steps fall out as new ones begin. */
export class CountRing {
  private readonly ring: StepRing;
  private readonly kinds: number;
  private readonly counts: Uint32Array;
  /** Where the counts of the open step begin. */
  private openAt = 0;

  constructor(stepMs: number, slots: number, kinds: number) {
    this.ring = new StepRing(stepMs, slots);
    this.kinds = kinds;
    this.counts = new Uint32Array(slots * kinds);
  }

  add(kind: number, now: number): void {
    if (!this.ring.isOpen(now)) this.open(now);
    const at = this.openAt + kind;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  /** Adds the counts of the current step and the `steps - 1` before it to `sums`, by kind. */
  sum(now: number, steps: number, sums: Float64Array): void {
    const last = this.ring.stepAt(now);
    for (let step = last; step > last - steps && step >= 0; step--) {
      const slot = this.ring.find(step);
      if (slot < 0) continue;
      for (let kind = 0; kind < this.kinds; kind++)
        sums[kind] = (sums[kind] ?? 0) + (this.counts[slot * this.kinds + kind] ?? 0);
    }
  }

  /** The sum of some kinds in each of the last `steps` steps, oldest first. */
  history(now: number, steps: number, ofKinds: readonly number[]): number[] {
    const first = this.ring.stepAt(now) - steps + 1;
    return Array.from({ length: steps }, (_, index) => {
      const slot = this.ring.find(first + index);
      return slot < 0 ? 0 : ofKinds.reduce((sum, kind) => sum + (this.counts[slot * this.kinds + kind] ?? 0), 0);
    });
  }

  private open(now: number): void {
    const { ring, kinds } = this;
    const before = ring.open(now);
    this.openAt = ring.slot * kinds;
    if (before !== ring.step) this.counts.fill(0, this.openAt, this.openAt + kinds);
  }
}

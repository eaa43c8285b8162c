/** Counts of several kinds in the last `slots` steps of time; older steps fall out as new ones begin. */
export class CountRing {
  private readonly stepMs: number;
  private readonly slots: number;
  private readonly kinds: number;
  private readonly counts: Uint32Array;
  /** Which step a slot holds. */
  private readonly steps: Float64Array;
  /** Where the slot of the step last counted begins, and when that step does and ends: most counts are for the same one. */
  private openAt = 0;
  private openFrom = 0;
  private openUntil = 0;

  constructor(stepMs: number, slots: number, kinds: number) {
    this.stepMs = stepMs;
    this.slots = slots;
    this.kinds = kinds;
    this.counts = new Uint32Array(slots * kinds);
    this.steps = new Float64Array(slots).fill(-1);
  }

  add(kind: number, now: number): void {
    if (!(now >= this.openFrom && now < this.openUntil)) this.open(now);
    const at = this.openAt + kind;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
  }

  /** Adds the counts of the current step and the `steps - 1` before it to `sums`, by kind. */
  sum(now: number, steps: number, sums: Float64Array): void {
    const last = Math.floor(now / this.stepMs);
    for (let step = last; step > last - steps && step >= 0; step--) {
      const slot = step % this.slots;
      if (this.steps[slot] !== step) continue;
      for (let kind = 0; kind < this.kinds; kind++)
        sums[kind] = (sums[kind] ?? 0) + (this.counts[slot * this.kinds + kind] ?? 0);
    }
  }

  /** The sum of some kinds in each of the last `steps` steps, oldest first. */
  history(now: number, steps: number, ofKinds: readonly number[]): number[] {
    const last = Math.floor(now / this.stepMs);
    return Array.from({ length: steps }, (_, index) => {
      const step = last - steps + 1 + index;
      const slot = ((step % this.slots) + this.slots) % this.slots;
      if (this.steps[slot] !== step) return 0;
      return ofKinds.reduce((sum, kind) => sum + (this.counts[slot * this.kinds + kind] ?? 0), 0);
    });
  }
  private open(now: number): void {
    const step = Math.floor(now / this.stepMs);
    const slot = step % this.slots;
    this.openAt = slot * this.kinds;
    this.openFrom = step * this.stepMs;
    this.openUntil = this.openFrom + this.stepMs;
    if (this.steps[slot] === step) return;
    this.steps[slot] = step;
    this.counts.fill(0, this.openAt, this.openAt + this.kinds);
  }
}

/** What a slot holds before the first step of time has come to it. */
export const noStep = 0xffff_ffff;

/**
 * The last `slots` steps of time in a ring: which slot a step has, and which step a slot holds. What belongs to a step lies
 * with the owner of the ring, by slot. Each new step takes the place of the one that is `slots` older.
 */
export class StepRing {
  readonly stepMs: number;
  readonly slots: number;
  private readonly steps: Uint32Array;
  /** The step last opened and its slot: most of what is counted is for the same one. */
  step = noStep;
  slot = 0;
  private openFrom = 0;
  private openUntil = 0;

  constructor(stepMs: number, slots: number) {
    this.stepMs = stepMs;
    this.slots = slots;
    this.steps = new Uint32Array(slots).fill(noStep);
  }

  stepAt(time: number): number {
    return Math.floor(time / this.stepMs);
  }

  /** The slot of a step, or -1 where it is gone or to come. */
  find(step: number): number {
    const slot = step % this.slots;
    return this.steps[slot] === step ? slot : -1;
  }

  /** The slot for a step, whatever it held before. */
  claim(step: number): number {
    const slot = step % this.slots;
    this.steps[slot] = step;
    return slot;
  }

  isOpen(now: number): boolean {
    return now >= this.openFrom && now < this.openUntil;
  }

  /** Opens the step at `now`. Returns the step that its slot held until then: the same, an older one, or `noStep`. */
  open(now: number): number {
    this.step = this.stepAt(now);
    const before = this.steps[this.step % this.slots] ?? noStep;
    this.slot = this.claim(this.step);
    this.openFrom = this.step * this.stepMs;
    this.openUntil = this.openFrom + this.stepMs;
    return before;
  }
}

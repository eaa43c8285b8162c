/** So often in a row, and a listener is left alone for a while: what fails at every event only costs time. */
const failuresInARow = 100;
const pauseMs = 60_000;

interface ListenerOptions {
  /** The state and whatever else has to know of every event is never left out. */
  readonly isVital?: boolean;
}

interface Failures {
  readonly name: string;
  readonly isVital: boolean;
  errors: number;
  inARow: number;
  pausedUntil: number;
}

export interface GuardParts {
  readonly now: () => number;
  readonly log: (sentence: string) => void;
}

/**
 * The one way in which those who listen are called: one that throws is logged once and counted, and neither the others nor
 * the process notice. One that throws again and again is left alone for a minute, then tried again.
 */
export class Guard {
  private readonly parts: GuardParts;
  private readonly records = new Map<string, Failures>();

  constructor(parts: GuardParts) {
    this.parts = parts;
  }

  /** How often each listener has failed; those that never did are not among them. */
  get errors(): Readonly<{ [listener: string]: number }> {
    const failed = [...this.records.values()].filter(({ errors }) => errors > 0);
    return Object.fromEntries(failed.map(({ name, errors }) => [name, errors]));
  }

  /** `listener`, in a form that can be called without care. */
  listener<A>(name: string, listener: (a: A) => void, options?: ListenerOptions): (a: A) => void;
  listener<A, B>(name: string, listener: (a: A, b: B) => void, options?: ListenerOptions): (a: A, b: B) => void;
  listener<A, B>(
    name: string,
    listener: (a: A, b: B) => void,
    { isVital = false }: ListenerOptions = {},
  ): (a: A, b: B) => void {
    const record = this.recordOf(name, isVital);
    return (a, b) => {
      if (record.pausedUntil > 0 && !this.mayTry(record)) return;
      try {
        listener(a, b);
        record.inARow = 0;
      } catch (error) {
        this.failed(record, error);
      }
    };
  }

  /** Does now what may fail: what is done about once a second is never left out. */
  run(name: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.failed(this.recordOf(name, true), error);
    }
  }

  private recordOf(name: string, isVital: boolean): Failures {
    const known = this.records.get(name);
    if (known) return known;
    const record = { name, isVital, errors: 0, inARow: 0, pausedUntil: 0 };
    this.records.set(name, record);
    return record;
  }

  private mayTry(record: Failures): boolean {
    if (this.parts.now() < record.pausedUntil) return false;
    record.pausedUntil = 0;
    record.inARow = 0;
    return true;
  }

  private failed(record: Failures, error: unknown): void {
    const { name } = record;
    record.errors++;
    record.inARow++;
    if (record.errors === 1) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.parts.log(
        `The listener "${name}" failed; further failures are only counted. This is a bug; report it: ${why}`,
      );
    }
    if (record.isVital || record.inARow < failuresInARow) return;
    record.pausedUntil = this.parts.now() + pauseMs;
    if (record.errors === failuresInARow)
      this.parts.log(`The listener "${name}" failed ${failuresInARow} times in a row and is paused for 60 s.`);
  }
}

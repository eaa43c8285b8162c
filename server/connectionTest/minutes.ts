import type { StageResult, SuggestedScheme, TestStage } from '../api/connectionTest.ts';
import { CeleriacError, phraseOf } from '../api/errors.ts';
import { type Phrase, phrase, worded } from '../api/phrase.ts';
import { unlessAborted } from '../waits/unlessAborted.ts';

const order: readonly TestStage[] = ['dns', 'tcp', 'tls', 'auth', 'place', 'events', 'ping'];

/** A stage that has failed; the reason is in the minutes. */
export class StageFailed extends Error {}

export type Findings = ReadonlyMap<TestStage, StageResult>;

interface Step<T> {
  readonly timeoutMs: number;
  /** The error when the time is over. */
  readonly late: Phrase;
  readonly act: (signal: AbortSignal) => Promise<T>;
  /** Null: there was nothing to do. */
  readonly found: (value: T) => Phrase | null;
  /** The finding where there was nothing to do. */
  readonly nothing?: Phrase;
}

/** Keeps the minutes of a test: what each stage found and how long it took. */
export class Minutes {
  private readonly results = new Map<TestStage, StageResult>();
  private readonly now: () => number;
  private readonly whole: AbortSignal;

  private scheme: SuggestedScheme | null = null;

  constructor(now: () => number, whole: AbortSignal) {
    this.now = now;
    this.whole = whole;
  }

  /** All stages; those that were not reached are skipped. */
  get all(): readonly StageResult[] {
    const failed = order.find((stage) => this.results.get(stage)?.outcome === 'failed');
    const what = failed ? phrase('test.notReached') : nothing;
    return order.map((stage) => this.results.get(stage) ?? skipped(stage, what));
  }

  get suggestedScheme(): SuggestedScheme | null {
    return this.scheme;
  }

  skip(stage: TestStage, what: Phrase): void {
    this.results.set(stage, skipped(stage, what));
  }

  passed(stage: TestStage, tookMs: number, what: Phrase): void {
    this.results.set(stage, { stage, outcome: 'ok', tookMs, ...worded(what) });
  }

  /** Notes the failure, takes back what came after it, and ends the test. */
  fail(stage: TestStage, tookMs: number, what: Phrase, scheme: SuggestedScheme | null = null): never {
    this.scheme = scheme;
    for (const later of order.slice(order.indexOf(stage))) this.results.delete(later);
    this.results.set(stage, { stage, outcome: 'failed', tookMs, ...worded(what) });
    throw new StageFailed();
  }

  /** Begins anew, and hands over what was found so far. */
  tearOut(): Findings {
    const findings = new Map(this.results);
    this.results.clear();
    return findings;
  }

  putBack(findings: Findings): void {
    for (const [stage, result] of findings) this.results.set(stage, result);
  }

  /** Takes a step within its time, and throws `CeleriacError` for whatever goes wrong on it. */
  async take<T>(step: Step<T>): Promise<{ readonly value: T; readonly tookMs: number }> {
    const startedAt = this.now();
    const signal = AbortSignal.any([this.whole, AbortSignal.timeout(step.timeoutMs)]);
    const late = (): never => {
      throw signal.reason;
    };
    try {
      const value = await unlessAborted(step.act(signal), signal, late);
      return { value, tookMs: this.now() - startedAt };
    } catch (error) {
      if (signal.aborted) throw new CeleriacError('timeout', step.late, { cause: error });
      throw error;
    }
  }

  /** A step that is a stage of its own. */
  async stage<T>(stage: TestStage, step: Step<T>): Promise<T> {
    const startedAt = this.now();
    try {
      const { value, tookMs } = await this.take(step);
      const found = step.found(value);
      if (found === null) this.skip(stage, step.nothing ?? nothing);
      else this.passed(stage, tookMs, found);
      return value;
    } catch (error) {
      return this.fail(stage, this.now() - startedAt, phraseOf(error));
    }
  }
}

const nothing = phrase('plain', { text: '' });

const skipped = (stage: TestStage, what: Phrase): StageResult => ({
  stage,
  outcome: 'skipped',
  tookMs: null,
  ...worded(what),
});

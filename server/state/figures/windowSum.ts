import type { Quantiles, WindowStats } from '../../api/tasks.ts';
import { countedKinds, timedOutKind } from '../names/eventTypes.ts';
import { QuantileSketch } from './quantileSketch.ts';

/** What happened within some minutes to one group, or to several together. */
export class WindowSum {
  readonly minutes: number;
  readonly counts = new Float64Array(countedKinds);
  readonly runtimes = new QuantileSketch();
  readonly waits = new QuantileSketch();
  /** How much time there was to count in: the longest of the groups'. */
  coveredMs = 1000;

  constructor(minutes: number) {
    this.minutes = minutes;
  }

  stats(): WindowStats {
    const { counts } = this;
    const [sent = 0, received = 0, started = 0, succeeded = 0, failed = 0, retried = 0, revoked = 0, rejected = 0] =
      counts;
    const timedOut = counts[timedOutKind] ?? 0;
    const ended = succeeded + failed + retried;
    const share = (part: number): number | null => (ended === 0 ? null : part / ended);
    return {
      minutes: this.minutes,
      sent,
      received,
      started,
      succeeded,
      failed,
      retried,
      revoked,
      rejected,
      timedOut,
      perSecond: (ended * 1000) / this.coveredMs,
      successRate: share(succeeded),
      failureRate: share(failed),
      retryRate: share(retried),
      timeoutRate: share(timedOut),
      runtime: quantilesOf(this.runtimes),
      wait: quantilesOf(this.waits),
    };
  }
}

const quantilesOf = (sketch: QuantileSketch): Quantiles => ({
  count: sketch.total,
  mean: sketch.mean,
  p50: sketch.quantile(0.5),
  p95: sketch.quantile(0.95),
  p99: sketch.quantile(0.99),
});

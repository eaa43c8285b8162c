import type { DashboardMetric } from '../../api/dashboard.ts';
import { QuantileSketch } from '../../state/figures/quantileSketch.ts';
import type { PackedDurations } from '../../state/figures/seriesLevel.ts';

const durationMetrics = ['runtimeP50', 'runtimeP95', 'runtimeP99', 'waitP95'] as const satisfies DashboardMetric[];
export type DurationMetric = (typeof durationMetrics)[number];

export const isDuration = (metric: DashboardMetric): metric is DurationMetric =>
  (durationMetrics as readonly DashboardMetric[]).includes(metric);

/** The durations of one step. Those of several minutes or groups are put together before a quantile is read from them. */
export class StepDurations {
  readonly runtimes = new QuantileSketch();
  readonly waits = new QuantileSketch();

  add(packed: PackedDurations | null | undefined): this {
    if (packed?.runtimes) this.runtimes.mergePacked(packed.runtimes);
    if (packed?.waits) this.waits.mergePacked(packed.waits);
    return this;
  }

  read(metric: DurationMetric): number | null {
    switch (metric) {
      case 'runtimeP50':
        return this.runtimes.quantile(0.5);
      case 'runtimeP95':
        return this.runtimes.quantile(0.95);
      case 'runtimeP99':
        return this.runtimes.quantile(0.99);
      case 'waitP95':
        return this.waits.quantile(0.95);
      default:
        return metric satisfies never;
    }
  }
}

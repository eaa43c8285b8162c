import type { AlertUnit, Severity } from '../api/health.ts';

/** An alert of this severity: above the threshold, for so long. */
export interface Level {
  readonly severity: Severity;
  readonly above: number;
  readonly forSeconds: number;
}

export interface HealthRule {
  /** What it watches, as a person reads it in the settings. */
  readonly watches: string;
  readonly unit: AlertUnit;
  /** The mildest first. */
  readonly levels: readonly Level[];
  /** Once raised, it ends below this share of the threshold … */
  readonly endsBelow: number;
  /** … when the figure has stayed there for so long, so that one that flaps does not make the alert flap. */
  readonly endsAfterSeconds: number;
  /** `now`: one look at the cluster tells it; `time`: it must be watched for a while. */
  readonly needs: 'now' | 'time';
}

export const info = (above: number, forSeconds = 0): Level => ({ severity: 'info', above, forSeconds });
export const warning = (above: number, forSeconds = 0): Level => ({ severity: 'warning', above, forSeconds });
export const critical = (above: number, forSeconds = 0): Level => ({ severity: 'critical', above, forSeconds });

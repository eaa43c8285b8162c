import type { CeleryEvent } from '../celery/event.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { TaskRun } from '../state/queries/taskRun.ts';
import { OtlpExporter, type OtlpOptions } from './otlpExporter.ts';
import { isSampled, taskSpans, traceIdOf } from './taskSpans.ts';

/** How each event ends a run. */
const ends: Readonly<Record<string, string>> = {
  'task-succeeded': 'SUCCESS',
  'task-failed': 'FAILURE',
  'task-retried': 'RETRY',
  'task-revoked': 'REVOKED',
  'task-rejected': 'REJECTED',
};

/** Follows tasks to their ends and hands them on as traces. */
export class Telemetry {
  private readonly exporter: OtlpExporter;
  private readonly share: number;

  /** `share`: how many of the traces, from 0 to 1. */
  constructor(options: OtlpOptions, share: number) {
    this.exporter = new OtlpExporter(options);
    this.share = share;
  }

  get droppedSpans(): number {
    return this.exporter.droppedSpans;
  }

  start(): void {
    this.exporter.start();
  }

  stop(): Promise<void> {
    return this.exporter.stop();
  }

  note(event: CeleryEvent, state: ClusterState): void {
    const { uuid, exception } = event;
    const end = ends[event.type];
    if (end === undefined || typeof uuid !== 'string') return;
    if (end === 'FAILURE' && state.tasks.labels(uuid)?.isRepeat) return;
    const run = state.tasks.run(uuid);
    if (!run || !isSampled(traceIdOf(run), this.share)) return;
    const ended = { ...run, state: end, retries: run.retries - Number(end === 'RETRY' && isAskedAgain(run)) };
    this.exporter.add(taskSpans(ended, typeof exception === 'string' ? exception : null));
  }
}

/** The next attempt may have been received before the one that failed was told of. */
const isAskedAgain = ({ receivedSeconds, startedSeconds, retries }: TaskRun): boolean =>
  retries > 0 && receivedSeconds > startedSeconds;

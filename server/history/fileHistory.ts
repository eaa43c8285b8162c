import type { AuditEntry, HistoryStatus } from '../api/history.ts';
import type { ClusterState } from '../state/clusterState.ts';
import type { History, Recording } from './history.ts';
import type { HistoryChannel } from './historyChannel.ts';
import { noQueues } from './minuteClock.ts';
import type { Notices } from './notices.ts';
import { Recorder } from './recorder.ts';
import { redact } from './redact.ts';

export interface FileHistoryParts {
  /** Where it is written; that changes when a damaged file was set aside. */
  readonly path: () => string;
  readonly channel: HistoryChannel;
  readonly notices: Notices;
  readonly now: () => number;
}

/** A history on disk. */
export class FileHistory implements History {
  private readonly parts: FileHistoryParts;
  private readonly channel: HistoryChannel;
  private readonly recorders: Recorder[] = [];

  constructor(parts: FileHistoryParts) {
    this.parts = parts;
    this.channel = parts.channel;
  }

  get status(): HistoryStatus {
    const { path, notices } = this.parts;
    const sum = (of: (recorder: Recorder) => number): number =>
      this.recorders.reduce((total, recorder) => total + of(recorder), 0);
    return {
      kind: 'file',
      path: path(),
      notices: notices.all,
      written: sum(({ written }) => written),
      dropped: sum(({ dropped }) => dropped),
    };
  }

  record(state: ClusterState, queues = noQueues): Recording {
    const recorder = new Recorder(state, queues, this.parts);
    this.recorders.push(recorder);
    return recorder;
  }

  readonly queryTasks: History['queryTasks'] = (query) => this.channel.call('queryTasks', query);
  readonly task: History['task'] = (id) => this.channel.call('task', id);
  readonly failures: History['failures'] = (query) => this.channel.call('failures', query);
  readonly rollups: History['rollups'] = (query) => this.channel.call('rollups', query);
  readonly steps: History['steps'] = (query) => this.channel.call('steps', query);
  readonly countTasks: History['countTasks'] = (query) => this.channel.call('countTasks', query);
  readonly series: History['series'] = (query) => this.channel.call('series', query);
  readonly queueSteps: History['queueSteps'] = () => this.channel.call('queueSteps');
  readonly saveAlert: History['saveAlert'] = (alert) => this.channel.call('saveAlert', alert);
  readonly alerts: History['alerts'] = (query) => this.channel.call('alerts', query);
  readonly saveFailureGroups: History['saveFailureGroups'] = (groups) => this.channel.call('saveFailureGroups', groups);
  readonly failureGroups: History['failureGroups'] = () => this.channel.call('failureGroups');
  readonly saveAlertMute: History['saveAlertMute'] = (id, until) => this.channel.call('saveAlertMute', id, until);
  readonly alertMutes: History['alertMutes'] = () => this.channel.call('alertMutes');
  readonly audit: History['audit'] = (query) => this.channel.call('audit', query);

  appendAudit(entry: AuditEntry): Promise<void> {
    return this.channel.call('appendAudit', redact(entry));
  }

  close(): Promise<void> {
    return this.channel.close();
  }
}

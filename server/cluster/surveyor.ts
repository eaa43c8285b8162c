import type { ControlOutcome, WorkerReply } from '../api/control.ts';
import type { BrokerOverview, Worker } from '../api/model.ts';
import {
  limitItems,
  readActive,
  readLimits,
  readSettings,
  readStats,
  type WorkerSurvey,
} from '../health/workerSurvey.ts';
import { UsageSeries } from '../state/figures/usageSeries.ts';
import { cpuShareOf } from './dashboard/cpuShare.ts';
import type { Operations } from './operations.ts';

export type SurveyOperations = Pick<Operations, 'ask' | 'overview' | 'workerNames'>;

export interface SurveyorParts {
  readonly workers: () => ReadonlyMap<string, Worker>;
  readonly now: () => number;
}

const timeoutMs = 2_000;
/** Somebody who has not answered for so many rounds is forgotten. */
const roundsKept = 60;

type Answered = Extract<WorkerReply, { readonly kind: 'answered' }>;

/** Asks workers now and then what events do not tell: what they use up, how they are set up, what they run. It changes nothing. */
export class Surveyor {
  readonly surveys = new Map<string, WorkerSurvey>();
  overview: BrokerOverview | null = null;
  mailboxes: readonly string[] | null = null;
  surveyedAt: number | null = null;
  readonly usage = new UsageSeries();
  private readonly parts: SurveyorParts;

  constructor(parts: SurveyorParts) {
    this.parts = parts;
  }

  async readOverview(operations: SurveyOperations): Promise<void> {
    this.overview = await operations.overview();
  }

  async readWorkers(operations: SurveyOperations): Promise<void> {
    const [mailboxes, stats, active] = await Promise.all([
      operations.workerNames(),
      operations.ask({ method: 'stats', arguments: {}, timeoutMs }),
      operations.ask({ method: 'active', arguments: {}, timeoutMs }),
    ]);
    this.mailboxes = mailboxes;
    const strangers = this.noteStats(stats);
    for (const { hostname, value } of answersOf(active)) this.change(hostname, { active: readActive(value) });
    this.noteSilence(stats);
    if (strangers.length > 0) await this.meet(operations, strangers);
    this.surveyedAt = this.parts.now();
  }

  /** Answers who has not yet been asked for its settings, or is another process than it was. */
  private noteStats(outcome: ControlOutcome): readonly string[] {
    const now = this.parts.now();
    return answersOf(outcome).flatMap(({ hostname, value }) => {
      const known = this.surveys.get(hostname);
      const stats = readStats(value, this.parts.workers().get(hostname)?.software?.system ?? null);
      const cpuSeconds = known?.stats?.cpuSeconds ?? null;
      const isSame = known?.stats?.pid === stats?.pid;
      const at = known?.answeredAt ?? null;
      const before = isSame && at !== null && cpuSeconds !== null ? { at, cpuSeconds } : null;
      const survey = this.change(hostname, { stats, before, answeredAt: now, missed: 0 });
      this.usage.note(hostname, { cpuShare: cpuShareOf(survey), memoryBytes: stats?.peakMemoryBytes ?? null }, now);
      return isSame && known?.settings ? [] : [hostname];
    });
  }

  /** Settings and limits change only with the process. */
  private async meet(operations: SurveyOperations, destination: readonly string[]): Promise<void> {
    const [settings, limits] = await Promise.all([
      operations.ask({ method: 'conf', arguments: { with_defaults: true }, destination, timeoutMs }),
      operations.ask({ method: 'registered', arguments: { taskinfoitems: limitItems }, destination, timeoutMs }),
    ]);
    for (const { hostname, value } of answersOf(settings)) this.change(hostname, { settings: readSettings(value) });
    for (const { hostname, value } of answersOf(limits)) this.change(hostname, { limits: readLimits(value) });
  }

  /** Whoever is heard and does not answer, and whoever has answered before. */
  private noteSilence({ replies }: ControlOutcome): void {
    const spoke = new Set(replies.filter(({ kind }) => kind !== 'silent').map(({ hostname }) => hostname));
    const expected = [...this.parts.workers().values()].filter(({ status }) => status === 'online');
    const names = new Set([...this.surveys.keys(), ...expected.map(({ hostname }) => hostname)]);
    for (const hostname of names) {
      if (spoke.has(hostname)) continue;
      const missed = (this.surveys.get(hostname)?.missed ?? 0) + 1;
      const hasLeft = this.parts.workers().get(hostname)?.status === 'offline';
      if (hasLeft || missed > roundsKept) this.surveys.delete(hostname);
      else this.change(hostname, { missed, active: [] });
    }
  }

  private change(hostname: string, parts: Partial<WorkerSurvey>): WorkerSurvey {
    const survey = { ...(this.surveys.get(hostname) ?? unknown(hostname)), ...parts };
    this.surveys.set(hostname, survey);
    return survey;
  }
}

const unknown = (hostname: string): WorkerSurvey => ({
  hostname,
  answeredAt: null,
  missed: 0,
  stats: null,
  before: null,
  settings: null,
  limits: new Map(),
  active: [],
});

const answersOf = ({ replies }: ControlOutcome): readonly Answered[] =>
  replies.filter((reply): reply is Answered => reply.kind === 'answered');

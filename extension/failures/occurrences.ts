import type { FailureGroup, FailureOccurrence, FailureOccurrencePage } from '../../server/api/failures.ts';
import { requests } from '../../server/api/requests.ts';
import type { Backend } from '../backend.ts';

/** How many rows come with each "Show 50 more…". */
export const pageRows = 50;
const mostAtOnce = 200;

interface Kept {
  /** How often the group had failed when they were asked for; -1: they have to be asked for again. */
  readonly count: number;
  readonly wanted: number;
  readonly occurrences: readonly FailureOccurrence[];
  readonly isCut: boolean;
  readonly problem: string | null;
}

const nothing: Kept = { count: -1, wanted: pageRows, occurrences: [], isCut: false, problem: null };

/** The single failures of the groups that somebody has opened. What is there stays until the next answer has come. */
export class Occurrences {
  private readonly backend: Pick<Backend, 'request'>;
  private readonly kept = new Map<string, Kept>();

  constructor(backend: Pick<Backend, 'request'>) {
    this.backend = backend;
  }

  /** What is there now. */
  keptOf(clusterId: string, failureId: string): Kept {
    return this.kept.get(keyOf(clusterId, failureId)) ?? nothing;
  }

  find(clusterId: string, failureId: string, taskId: string, at: number): FailureOccurrence | undefined {
    const { occurrences } = this.keptOf(clusterId, failureId);
    return occurrences.find((each) => each.taskId === taskId && each.at === at);
  }

  /** What is there once it is up to date. */
  async of(clusterId: string, group: FailureGroup): Promise<Kept> {
    const kept = this.keptOf(clusterId, group.id);
    if (kept.count === group.count && kept.problem === null) return kept;
    const next = await this.ask(clusterId, group, kept);
    this.kept.set(keyOf(clusterId, group.id), next);
    return next;
  }

  wantMore(clusterId: string, failureId: string): void {
    const kept = this.keptOf(clusterId, failureId);
    this.kept.set(keyOf(clusterId, failureId), { ...kept, count: -1, wanted: kept.wanted + pageRows });
  }

  /** The newest failure of a group, with its traceback. */
  async latest(clusterId: string, failureId: string): Promise<FailureOccurrence | null> {
    const page: FailureOccurrencePage = await this.backend.request(requests.failureOccurrences, {
      clusterId,
      failureId,
      limit: 1,
    });
    return page.occurrences[0] ?? null;
  }

  private async ask(clusterId: string, group: FailureGroup, kept: Kept): Promise<Kept> {
    try {
      const occurrences: FailureOccurrence[] = [];
      let cursor: string | null = null;
      do {
        const limit = Math.min(mostAtOnce, kept.wanted - occurrences.length);
        const params = { clusterId, failureId: group.id, limit, ...(cursor === null ? {} : { cursor }) };
        const page: FailureOccurrencePage = await this.backend.request(requests.failureOccurrences, params);
        occurrences.push(...page.occurrences);
        cursor = page.occurrences.length > 0 ? page.nextCursor : null;
      } while (cursor !== null && occurrences.length < kept.wanted);
      return { count: group.count, wanted: kept.wanted, occurrences, isCut: cursor !== null, problem: null };
    } catch (error) {
      return { ...kept, problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

const keyOf = (clusterId: string, failureId: string): string => `${clusterId} ${failureId}`;

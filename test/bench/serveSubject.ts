import { setTimeout as wait } from 'node:timers/promises';
import type { ChangeBatch } from '../../server/api/change.ts';
import { peakResidentBytesOf } from './procfs.ts';
import { patienceMs, type SubjectTarget, type Usage } from './subject.ts';

export type QuestionKind = 'count' | 'countTo' | 'usage';

export interface Question {
  readonly kind: QuestionKind;
  readonly id: number;
  readonly total: number;
}

export interface Answer extends Usage {
  readonly kind: 'answer';
  readonly id: number;
  readonly counted: number;
}

export type Told =
  | Answer
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'batch'; readonly batch: ChangeBatch };

export interface Served {
  readonly counted: () => number;
  readonly close: () => Promise<void>;
}

const lookEveryMs = 10;

export const tell = (told: Told): void => {
  if (process.connected) process.send?.(told);
};

/** The life of a subject inside its own process: starts, answers the benchmark's questions, ends with it. */
export const serveSubject = async (start: (target: SubjectTarget) => Promise<Served>): Promise<void> => {
  const served = await start(JSON.parse(process.argv[2] ?? '{}')).catch((error: unknown) => {
    tell({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
    process.exit(0);
  });
  process.on('message', (question: Question) => void answer(question, served.counted));
  process.on('disconnect', () => void served.close().finally(() => process.exit(0)));
  tell({ kind: 'ready' });
};

const answer = async ({ kind, id, total }: Question, counted: () => number): Promise<void> => {
  if (kind === 'countTo') await reach(total, counted);
  const { user, system } = process.cpuUsage();
  tell({
    kind: 'answer',
    id,
    counted: counted(),
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    peakResidentBytes: process.platform === 'linux' ? peakResidentBytesOf('self') : Number.NaN,
  });
};

const reach = async (total: number, counted: () => number): Promise<void> => {
  let last = counted();
  let since = performance.now();
  while (last < total && performance.now() - since < patienceMs) {
    await wait(lookEveryMs);
    const now = counted();
    if (now !== last) since = performance.now();
    last = now;
  }
};

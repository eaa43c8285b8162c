import type { HistoryFile } from './historyFile.ts';

/** What may be asked of the file, from wherever it lives. */
export type HistoryMethod = Exclude<keyof HistoryFile, 'close'>;
export type AnswerOf<M extends HistoryMethod> = ReturnType<HistoryFile[M]>;

/** The way to a `HistoryFile`, on this thread or another. Failures come as `CeleriacError`s where a reason is known. */
export interface HistoryChannel {
  call<M extends HistoryMethod>(method: M, ...args: Parameters<HistoryFile[M]>): Promise<AnswerOf<M>>;
  /** Ends what is under way, then closes the file. */
  close(): Promise<void>;
}

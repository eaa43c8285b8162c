import { inWords, type Phrase, phraseIn } from './phrase.ts';

/** What a failure is, for code to branch on. The sentence beside it is for people and may change. */
export type ErrorCode =
  | 'badRequest'
  | 'brokerAuth'
  | 'brokerMissing'
  | 'brokerPermission'
  | 'brokerProtocol'
  | 'brokerTls'
  | 'brokerUnreachable'
  | 'cancelled'
  | 'internal'
  | 'notFound'
  | 'readOnly'
  | 'timeout'
  | 'unsupported';

/** A failure that a user can act on: its sentence says what failed, why, and what to do. */
export class CeleriacError extends Error {
  readonly code: ErrorCode;
  /** Null: its sentence is in the language of a window already, or not ours. */
  readonly phrase: Phrase | null;

  constructor(code: ErrorCode, what: Phrase | string, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : inWords(what), options);
    this.name = 'CeleriacError';
    this.code = code;
    this.phrase = typeof what === 'string' ? null : what;
  }
}

/** An error on the other side of a process boundary. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly sentence: string;
  /** Left out where the sentence is not ours, such as that of the system. */
  readonly phrase?: Phrase;
}

export const toErrorData = (error: unknown): ErrorData => {
  if (!(error instanceof CeleriacError)) return { code: 'internal', sentence: messageOf(error) };
  const { code, message, phrase: what } = error;
  return { code, sentence: message, ...(what ? { phrase: what } : {}) };
};

/** The error of the other side, with what it was made of. */
export const fromErrorData = ({ code, sentence, phrase: what }: ErrorData): CeleriacError =>
  new CeleriacError(code, what ?? sentence);

/** What an error says, for a sentence around it. */
export const phraseOf = (error: unknown): Phrase => phraseIn(toErrorData(error));

/** The words of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error ?? ''));

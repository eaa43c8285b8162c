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

  constructor(code: ErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'CeleriacError';
    this.code = code;
  }
}

/** What is left of an error on the other side of a process boundary. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly sentence: string;
}

export const toErrorData = (error: unknown): ErrorData =>
  error instanceof CeleriacError
    ? { code: error.code, sentence: error.message }
    : { code: 'internal', sentence: error instanceof Error ? error.message : String(error) };

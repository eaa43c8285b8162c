import { CeleriacError, type ErrorCode } from '../../server/api/errors.ts';

/** What mends a failure, as a button of its message. */
export interface Remedy {
  readonly label: string;
  act(): Promise<unknown>;
}

/** A failure that one of our own actions mends. */
export class MendableError extends CeleriacError {
  readonly remedies: readonly Remedy[];

  constructor(code: ErrorCode, sentence: string, ...remedies: readonly Remedy[]) {
    super(code, sentence);
    this.remedies = remedies;
  }
}

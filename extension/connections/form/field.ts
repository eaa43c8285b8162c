import type { Asker } from './asker.ts';
import type { ConnectionDraft } from './draft.ts';

/** What a field is called in the program, so that a failed test can lead to it. */
export type FieldId = 'url' | 'password' | 'tls' | 'options' | 'other';

/** One row of the form: what it is called, what it holds, and how it is changed. */
export interface Field {
  readonly id: FieldId;
  readonly label: string;
  readonly applies: (draft: ConnectionDraft) => boolean;
  /** Few need it: it is listed when it is asked for, or when it says something. Left out: it is always listed. */
  readonly isListed?: (draft: ConnectionDraft) => boolean;
  /** The present value, for people: no secret. */
  readonly describe: (draft: ConnectionDraft) => string;
  /** Whether a new value may change what a test finds. */
  readonly isTested: boolean;
  /** The draft with another value; undefined: Escape was pressed, and nothing changes. */
  readonly change: (draft: ConnectionDraft, asker: Asker, title: string) => Promise<ConnectionDraft | undefined>;
}

import type { Syntax } from '../python/syntax.ts';
import type { Ancestors } from '../python/walk.ts';
import type { CodeIndex } from './codeIndex.ts';
import type { CodeFile } from './facts.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A change of the text that mends a finding. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence: what will happen. */
  readonly message: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** Empty where nothing safe can be offered. */
  readonly fix: readonly Edit[];
}

/** What a rule is given of one node. */
export interface Look<N extends Syntax = Syntax> {
  readonly node: N;
  readonly above: Ancestors;
  readonly file: CodeFile;
  readonly index: CodeIndex;
}

/** What a rule found; the place is that of the named node. */
export interface Found {
  readonly at: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly fix?: readonly Edit[];
  /** When it is not in the file that was looked at. */
  readonly file?: CodeFile;
}

/** A pitfall. What cannot be decided from the text is not reported: a false alarm is worse than a miss. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, in a few words, and why that is bad; for the documentation. */
  readonly title: string;
  readonly why: string;
  /** Its fix only changes code that fails today, so that it can be applied unseen. */
  readonly fixKeepsMeaning?: true;
  /** For each node of each file. */
  readonly node?: (look: Look) => readonly Found[] | undefined;
  /** Once for the whole. */
  readonly project?: (index: CodeIndex) => readonly (Found & { readonly file: CodeFile })[];
}

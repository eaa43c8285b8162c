/** A file of tests for the extension host exports `tests`: each by a sentence. */
export type Tests = Readonly<Record<string, () => unknown>>;

/** What the runner inside the extension host is told, in a file beside it. */
export interface Plan {
  readonly suites: readonly { readonly name: string; readonly file: string }[];
  readonly eventsFile: string;
  readonly testTimeoutMs: number;
}

/** What it tells: a line each, written at once, so that even after a crash it is known what was running. */
export type TestEvent =
  | { readonly kind: 'started'; readonly name: string }
  | { readonly kind: 'passed'; readonly name: string; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly name: string; readonly durationMs: number; readonly error: string }
  | { readonly kind: 'finished' };

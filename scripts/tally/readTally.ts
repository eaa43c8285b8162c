import { existsSync, readFileSync } from 'node:fs';

type TallyLine =
  | { readonly kind: 'file'; readonly file: string; readonly seconds: number }
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly name: string }
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: string };

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  /** The files that came to their end, and how long each took. */
  readonly files: ReadonlyMap<string, number>;
}

/** What the reporter has written so far. */
export const readTally = (file: string): Tally => {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TallyLine);
  return {
    passed: lines.filter(({ kind }) => kind === 'passed').length,
    failed: lines.filter(({ kind }) => kind === 'failed').length,
    skipped: lines.flatMap((line) => (line.kind === 'skipped' ? [`${line.name}: ${line.reason}`] : [])),
    files: new Map(lines.flatMap((line) => (line.kind === 'file' ? [[line.file, line.seconds] as const] : []))),
  };
};

import { existsSync, readFileSync } from 'node:fs';

type TallyLine =
  | { readonly kind: 'file'; readonly file: string; readonly seconds: number }
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly name: string }
  | { readonly kind: 'skipped'; readonly name: string; readonly reason: string };

/** What became of the tests of one file. */
export interface FileTally {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  readonly seconds: number;
}

export interface Tally {
  /** The files that came to their end. */
  readonly files: ReadonlyMap<string, FileTally>;
  /** Failed in files that did not. */
  readonly broken: readonly string[];
}

/** What the reporter has written so far. */
export const readTally = (file: string): Tally => parseTally(existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The lines of a file stand together, and end with the file's own. */
export const parseTally = (text: string): Tally => {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const files = new Map<string, FileTally>();
  let lines: TallyLine[] = [];
  for (const written of whole.split('\n').filter(Boolean)) {
    const line = JSON.parse(written) as TallyLine;
    if (line.kind !== 'file') lines.push(line);
    else {
      files.set(line.file, { ...count(lines), seconds: line.seconds });
      lines = [];
    }
  }
  return { files, broken: count(lines).failed };
};

const count = (lines: readonly TallyLine[]) => ({
  passed: lines.filter(({ kind }) => kind === 'passed').length,
  failed: lines.flatMap((line) => (line.kind === 'failed' ? [line.name] : [])),
  skipped: lines.flatMap((line) => (line.kind === 'skipped' ? [`${line.name}: ${line.reason}`] : [])),
});

import { checkCode } from '../../../server/code/checkCode.ts';
import { CodeIndex } from '../../../server/code/codeIndex.ts';
import { LineMap } from '../../../server/python/lineMap.ts';

/** The text of each file, by its path. */
export type Files = Readonly<Record<string, string>>;

export const indexOf = (files: Files): CodeIndex => {
  const entries = Object.entries(files).map(([path, text]) => ({ path, text }));
  const python = entries.filter(({ path }) => path.endsWith('.py'));
  const present = new Set(Object.keys(files).filter((path) => /(?:__init__|manage)\.py$|pyproject\.toml$/.test(path)));
  return new CodeIndex(
    python,
    present,
    entries.filter(({ path }) => !path.endsWith('.py')),
  );
};

/** What one rule finds, as `path:line`. */
export const findingsOf = (rule: string, files: Files): string[] => {
  const index = indexOf(files);
  return checkCode(index, { isAsked: ({ id }) => id === rule }).map(({ file, start }) => {
    const lines = new LineMap(index.file(file)?.syntax.text ?? '');
    return `${file}:${lines.line(start)}`;
  });
};

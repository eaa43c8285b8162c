import type { FileTally, Tally } from './readTally.ts';

/** More than these have a cause that a second try would only hide. */
const mostFiles = 3;

/** The files of a red run that may have failed by chance, as real servers on a busy machine do; empty: all went well, or too little did. */
export const filesToTryAgain = (files: readonly string[], { files: ended }: Tally): readonly string[] => {
  const red = files.filter((file) => (ended.get(file)?.failed.length ?? 1) > 0);
  return red.length > mostFiles ? [] : red;
};

/** What the second try says of its files counts; what failed in the first is named all the same. */
export const withSecondTry = (first: Tally, second: Tally, again: readonly string[]) => {
  const kept = [...first.files].filter(([file]) => !again.includes(file));
  const files = new Map<string, FileTally>([...kept, ...second.files]);
  const failedOnce = again.flatMap((file) => first.files.get(file)?.failed ?? [file]);
  return { tally: { files, broken: second.broken } satisfies Tally, failedOnce };
};

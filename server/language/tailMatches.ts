/** The files of the workspace that may be the one a worker ran, because their paths end alike. */
export interface TailMatch {
  readonly file: string;
  /** What stands before the common end, there and here. */
  readonly remote: string;
  readonly local: string;
}

/** Those whose common end is the longest; several when the path alone does not decide. */
export const tailMatches = (remoteFile: string, files: Iterable<string>): readonly TailMatch[] => {
  const wanted = segmentsOf(remoteFile);
  let longest = 1;
  let best: TailMatch[] = [];
  for (const file of files) {
    const here = segmentsOf(file);
    const length = commonTail(wanted, here);
    if (length < longest) continue;
    if (length > longest) best = [];
    longest = length;
    best.push({ file, remote: headOf(wanted, length), local: headOf(here, length) });
  }
  return best;
};

/** A path as it is written on the worker's machine, whatever system that has. */
export const slashed = (path: string): string => path.replaceAll('\\', '/');

const segmentsOf = (path: string): string[] => slashed(path).split('/');

const commonTail = (a: readonly string[], b: readonly string[]): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
};

const headOf = (segments: readonly string[], tail: number): string =>
  segments.slice(0, segments.length - tail).join('/') || '/';

/** Folders on the worker's machine, and which folder here each one is. */
export type PathMappings = Readonly<Record<string, string>>;

/** Where a worker's file is on this machine; null: no mapping says so. */
export const toLocal = (file: string, mappings: PathMappings): string | null => {
  const pairs = Object.entries(mappings).map(([remote, local]) => ({ from: remote, to: local }));
  return move(file, pairs);
};

/** What the worker calls a file of this machine; the same name, unless a mapping says otherwise. */
export const toRemote = (file: string, mappings: PathMappings): string => {
  const pairs = Object.entries(mappings).map(([remote, local]) => ({ from: local, to: remote }));
  return move(file, pairs) ?? file;
};

interface Pair {
  readonly from: string;
  readonly to: string;
}

/** The longest folder that holds the file decides. */
const move = (file: string, pairs: readonly Pair[]): string | null => {
  const path = withSlashes(file);
  const [best] = pairs
    .map(({ from, to }) => ({ from: bare(from), to: bare(to) }))
    .filter(({ from }) => path === from || path.startsWith(`${from}/`))
    .sort((a, b) => b.from.length - a.from.length);
  return best ? best.to + path.slice(best.from.length) : null;
};

const withSlashes = (path: string): string => path.replaceAll('\\', '/');

const bare = (folder: string): string => {
  let end = folder.length;
  while (end > 0 && '/\\'.includes(folder.charAt(end - 1))) end--;
  return withSlashes(folder.slice(0, end));
};

/** One line of a .gitignore file. */
interface IgnorePattern {
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** What each folder on the way has to be called; null stands for any number of them (double star). */
  readonly parts: readonly (Glob | null)[];
}

type Glob = readonly GlobPart[];
type GlobPart =
  | { readonly kind: 'any' | 'one' }
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'set'; readonly isNegated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/** Beyond this, a file is no .gitignore that a person wrote. */
const mostPatterns = 1_000;
const longestPattern = 500;

/** The patterns of a .gitignore file as git reads them (gitignore(5)). */
export const readGitignore = (text: string): readonly IgnorePattern[] => {
  const patterns: IgnorePattern[] = [];
  for (const line of text.split('\n')) {
    if (patterns.length >= mostPatterns) break;
    const pattern = line.length > longestPattern ? null : readPattern(withoutEnd(line));
    if (pattern) patterns.push(pattern);
  }
  return patterns;
};

/** Without the line's end and the spaces before it, but for one that a backslash keeps. */
const withoutEnd = (line: string): string => {
  let end = line.endsWith('\r') ? line.length - 1 : line.length;
  while (line[end - 1] === ' ' && line[end - 2] !== '\\') end--;
  return line.slice(0, end);
};

const readPattern = (line: string): IgnorePattern | null => {
  if (line === '' || line.startsWith('#')) return null;
  const isNegated = line.startsWith('!');
  const written = isNegated ? line.slice(1) : line;
  const isForFolders = written.endsWith('/');
  const bare = isForFolders ? written.slice(0, -1) : written;
  const names = bare.split('/');
  const isAnchored = names.length > 1;
  if (names[0] === '') names.shift();
  if (names.length === 0 || names.some((name) => name === '')) return null;
  const parts = names.map((name) => (name === '**' ? null : readGlob(name)));
  if (!isAnchored) parts.unshift(null);
  /** `logs/**` is all that lies in logs, and not logs itself. */
  if (parts.length > 1 && parts.at(-1) === null) parts.splice(-1, 0, [{ kind: 'any' }]);
  return { isNegated, isForFolders, parts };
};

const readGlob = (name: string): Glob => {
  const parts: GlobPart[] = [];
  for (let at = 0; at < name.length; at++) {
    const char = name.charAt(at);
    if (char === '*') parts.push({ kind: 'any' });
    else if (char === '?') parts.push({ kind: 'one' });
    else if (char === '[' && name.includes(']', at + 2)) {
      const end = name.indexOf(']', at + 2);
      parts.push(readSet(name.slice(at + 1, end)));
      at = end;
    } else {
      if (char === '\\' && at + 1 < name.length) at++;
      parts.push({ kind: 'char', char: name.charAt(at) });
    }
  }
  return parts;
};

const readSet = (inside: string): GlobPart => {
  const isNegated = inside.startsWith('!') || inside.startsWith('^');
  const chars = isNegated ? inside.slice(1) : inside;
  const ranges: [string, string][] = [];
  for (let at = 0; at < chars.length; at++) {
    const from = chars.charAt(at);
    const isRange = chars[at + 1] === '-' && at + 2 < chars.length;
    ranges.push([from, isRange ? chars.charAt(at + 2) : from]);
    if (isRange) at += 2;
  }
  return { kind: 'set', isNegated, ranges };
};

/** Whether the last pattern that fits ignores the path; null: none fits. The path is relative to the file's folder. */
export const isIgnored = (
  patterns: readonly IgnorePattern[],
  names: readonly string[],
  isFolder: boolean,
): boolean | null => {
  for (let at = patterns.length - 1; at >= 0; at--) {
    const pattern = patterns[at];
    if (!pattern || (pattern.isForFolders && !isFolder)) continue;
    if (fits(pattern.parts, names, (part) => part === null, fitsName)) return !pattern.isNegated;
  }
  return null;
};

const fitsName = (glob: Glob | null, name: string): boolean =>
  glob !== null && fits(glob, [...name], ({ kind }) => kind === 'any', fitsChar);

const fitsChar = (part: GlobPart, char: string): boolean => {
  if (part.kind === 'char') return part.char === char;
  if (part.kind !== 'set') return part.kind === 'one';
  return part.ranges.some(([from, to]) => from <= char && char <= to) !== part.isNegated;
};

/** Goes back to the last wildcard only, so that no pattern takes more than pattern × path steps. */
const fits = <P, T>(
  pattern: readonly P[],
  items: readonly T[],
  isWildcard: (part: P) => boolean,
  isSame: (part: P, item: T) => boolean,
): boolean => {
  let part = 0;
  let afterWildcard = -1;
  let retryAt = 0;
  let item = 0;
  while (item < items.length) {
    const own = pattern[part];
    if (part < pattern.length && isWildcard(own as P)) {
      afterWildcard = ++part;
      retryAt = item;
    } else if (part < pattern.length && isSame(own as P, items[item] as T)) {
      part++;
      item++;
    } else if (afterWildcard >= 0) {
      part = afterWildcard;
      item = ++retryAt;
    } else return false;
  }
  while (part < pattern.length && isWildcard(pattern[part] as P)) part++;
  return part === pattern.length;
};

export type { IgnorePattern };

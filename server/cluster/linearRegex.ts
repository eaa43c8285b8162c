/** One step of the program that an expression becomes: reads a character, or forks, or asks where it is. */
type Step =
  | { readonly kind: 'read'; readonly fits: (char: string) => boolean }
  | { readonly kind: 'fork'; readonly to: readonly number[] }
  | { readonly kind: 'start' | 'end' | 'found' };

/** A repeated part is written out as often as it is repeated. */
const mostSteps = 2_000;
const longestSource = 1_000;
/** Names of workers are shorter. */
const longestText = 4_096;

class Unreadable extends Error {}

/**
 * Whether a text begins with what an expression describes, as Python's `re.match` asks. Follows all ways through the
 * expression at once, so that no expression can make it take for ever; null for what this cannot do: looking around,
 * references back, and what is no expression at all.
 */
export const linearRegex = (source: string): ((text: string) => boolean) | null => {
  if (source.length > longestSource) return null;
  try {
    const steps = compile(source);
    return (text) => text.length <= longestText && matches(steps, text);
  } catch (error) {
    if (error instanceof Unreadable || error instanceof SyntaxError) return null;
    throw error;
  }
};

const matches = (steps: readonly Step[], text: string): boolean => {
  let active = reach(steps, [0], text, 0);
  for (let at = 0; at < text.length && !active.has(steps.length - 1); at++) {
    const next: number[] = [];
    for (const index of active) {
      const step = steps[index];
      if (step?.kind === 'read' && step.fits(text.charAt(at))) next.push(index + 1);
    }
    active = reach(steps, next, text, at + 1);
  }
  return active.has(steps.length - 1);
};

/** All steps that can be reached without reading. */
const reach = (steps: readonly Step[], from: readonly number[], text: string, at: number): ReadonlySet<number> => {
  const reached = new Set(from);
  // A set that grows while it is walked is walked to its end.
  for (const index of reached) {
    const step = steps[index];
    if (step?.kind === 'fork') for (const to of step.to) reached.add(index + to);
    const isThere = (step?.kind === 'start' && at === 0) || (step?.kind === 'end' && at === text.length);
    if (isThere) reached.add(index + 1);
  }
  return reached;
};

const token = /\((?:\?(?::|P<\w+>))?|\[\^?\]?(?:\\.|[^\\\]])*\]|\\.|[*+?]\??|\{\d*(?:,\d*)?\}\??|[\s\S]/gsu;

const compile = (source: string): readonly Step[] => {
  const tokens = source.match(token) ?? [];
  let at = 0;
  const alternatives = (depth: number): Step[] => {
    if (depth > 50) throw new Unreadable();
    const first = sequence(depth);
    if (tokens[at] !== '|') return first;
    at++;
    const rest = alternatives(depth + 1);
    return [fork(1, first.length + 2), ...first, fork(rest.length + 1), ...rest];
  };
  const sequence = (depth: number): Step[] => {
    const all: Step[] = [];
    while (at < tokens.length && tokens[at] !== '|' && tokens[at] !== ')') {
      const one = atom(depth);
      const times = timesOf(tokens[at] ?? '');
      if (times !== null) at++;
      all.push(...(times === null ? one : repeated(one, times)));
      if (all.length > mostSteps) throw new Unreadable();
    }
    return all;
  };
  const atom = (depth: number): Step[] => {
    const part = tokens[at++] ?? '';
    if (!part.startsWith('(')) return [single(part)];
    const inside = alternatives(depth + 1);
    if (tokens[at++] !== ')') throw new Unreadable();
    return inside;
  };
  const steps = alternatives(0);
  if (at < tokens.length) throw new Unreadable();
  return [...steps, { kind: 'found' }];
};

const fork = (...to: readonly number[]): Step => ({ kind: 'fork', to });

/** Steps name others by their distance, so that they can be written out anywhere. */
const repeated = (one: readonly Step[], [least, most]: readonly [number, number]): Step[] => {
  const written = least + (most === Number.POSITIVE_INFINITY ? 1 : most - least);
  if (most < least || written * (one.length + 2) > mostSteps) throw new Unreadable();
  const all = Array.from({ length: least }, () => one).flat();
  if (most === Number.POSITIVE_INFINITY) return [...all, fork(1, one.length + 2), ...one, fork(-one.length - 1)];
  for (let left = most - least; left > 0; left--) all.push(fork(1, left * (one.length + 1)), ...one);
  return all;
};

const timesOf = (part: string): readonly [number, number] | null => {
  const counted = /^\{(\d*)(?:(,)(\d*))?\}/.exec(part);
  if (counted && (counted[1] || counted[3])) {
    const least = Number(counted[1]);
    return [least, counted[2] === undefined ? least : counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY];
  }
  if (!/^[*+?]\??$/.test(part)) return null;
  return [part.startsWith('+') ? 1 : 0, part.startsWith('?') ? 1 : Number.POSITIVE_INFINITY];
};

const single = (part: string): Step => {
  if (part === '^' || part === '\\A') return { kind: 'start' };
  if (part === '$' || part === '\\Z') return { kind: 'end' };
  if (part === '.') return { kind: 'read', fits: () => true };
  if (/^[*+?)]/.test(part)) throw new Unreadable();
  if (part.startsWith('[') && part.length > 1) {
    // One character at a time cannot make an expression go back.
    const set = new RegExp(`^${part.replace(/^\[(\^?)\]/, '[$1\\]')}$`, 's');
    return { kind: 'read', fits: (char) => set.test(char) };
  }
  if (!part.startsWith('\\')) return { kind: 'read', fits: (char) => char === part };
  const kind = part.charAt(1);
  if (/[dDsSwW]/.test(kind)) {
    const set = new RegExp(part);
    return { kind: 'read', fits: (char) => set.test(char) };
  }
  if (/[A-Za-z0-9]/.test(kind)) throw new Unreadable();
  return { kind: 'read', fits: (char) => char === kind };
};

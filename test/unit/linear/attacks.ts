/**
 * Texts that make a regular expression backtrack, if any can: what it reads, begun and never finished, again and again.
 * Each grows to the length that is asked for.
 */
export const attacks = (source: string): readonly ((length: number) => string)[] => {
  const branches = samples(source).map((branch) => branch.slice(0, 40));
  const units = new Set<string>();
  const lead = new Map<string, Set<string>>();
  for (const branch of branches) {
    for (let end = 1; end <= branch.length; end++) units.add(branch.slice(0, end).join(''));
    for (const [index, piece] of branch.entries()) {
      const before = branch.slice(0, index).join('');
      lead.set(before, (lead.get(before) ?? new Set()).add(piece).add(piece + (branch[index + 1] ?? '')));
    }
  }
  const ends = ['', '\0 \0', '\u2028'];
  const grown = [...units].map((unit) => ['', unit] as const);
  const led = [...lead].flatMap(([before, pieces]) => [...pieces].map((piece) => [before, piece] as const));
  return [...grown, ...led]
    .filter(([, unit]) => unit !== '')
    .flatMap(([before, unit]) =>
      ends.map((end) => (length: number) => before + unit.repeat(Math.ceil(length / unit.length)) + end),
    );
};

/** Each way through the expression, as the pieces that it reads one after the other. */
const samples = (source: string): readonly (readonly string[])[] => {
  let at = 0;
  const alternatives = (): string[][] => {
    const all: string[][] = [];
    do {
      all.push(...sequence());
    } while (source[at++] === '|');
    return all.slice(0, most);
  };
  const sequence = (): string[][] => {
    let ways: string[][] = [[]];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const next = atom();
      at += /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(source.slice(at))?.[0].length ?? 0;
      ways = ways.flatMap((way) => next.map((each) => [...way, ...each])).slice(0, most);
    }
    return ways;
  };
  const atom = (): string[][] => {
    const char = source.charAt(at);
    if (char === '(') {
      const head = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(at))?.[0] ?? '(';
      at += head.length;
      const inside = alternatives();
      return /[=!]$/.test(head) ? [[]] : inside;
    }
    if (char === '[') {
      const set = /^\[(?:\\.|[^\]\\])*\]/s.exec(source.slice(at))?.[0] ?? char;
      at += set.length;
      return membersOf(set).map((each) => [each]);
    }
    const escaped = /^\\(?:u\{\w+\}|u\w{4}|x\w\w|k<\w+>|[pP]\{\w+\}|.)/.exec(source.slice(at))?.[0];
    at += escaped?.length ?? 1;
    if (escaped === undefined) return '^$'.includes(char) ? [[]] : [[char === '.' ? 'a' : char]];
    if (escaped === '\\s') return [[' '], ['\n']];
    return /^\\[bBk\d]/.test(escaped) ? [[]] : [[memberOf(escaped)]];
  };
  return alternatives();
};

const most = 12;
const candidates = ['a', ' ', '0', '\n', '.', '-', '/', ':', '_', 'A', "'", '\\', '=', '@', '\t', '\x1b'];

/** Two characters of the set that differ in kind. */
const membersOf = (set: string): string[] => {
  const fits = new RegExp(set);
  return candidates.filter((each) => fits.test(each)).slice(0, 2);
};

const memberOf = (escaped: string): string => {
  const fits = new RegExp(`^${escaped}$`, /^\\[pP]\{|^\\u\{/.test(escaped) ? 'u' : '');
  return candidates.find((each) => fits.test(each)) ?? new RegExp(escaped).source.slice(-1);
};

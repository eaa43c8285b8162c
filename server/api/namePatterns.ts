/**
 * What a pattern may hold: only `*` for any text; also `?` for one character or none; or all of Python's fnmatch, where `?`
 * is one character, `[seq]` one of these and `[!seq]` none of them.
 */
type PatternMarks = 'star' | 'starAndOptional' | 'fnmatch';

interface PatternRules {
  readonly marks?: PatternMarks;
  readonly ignoresCase?: boolean;
}

/**
 * Tests names against any of some patterns. A regular expression could be made to take for ever; this takes at most the
 * name's length times the pattern's.
 */
export const namePatterns = (patterns: readonly string[], rules: PatternRules = {}): ((name: string) => boolean) => {
  const { marks = 'star', ignoresCase = false } = rules;
  const spelled = ignoresCase ? patterns.map((pattern) => pattern.toLowerCase()) : patterns;
  const isPattern = (each: string): boolean => markOf[marks].test(each);
  const wholes = new Set(spelled.filter((each) => !isPattern(each)));
  const tests = spelled.filter(isPattern).map((each) => patternTest(each, marks));
  return (name) => {
    const text = ignoresCase ? name.toLowerCase() : name;
    return wholes.has(text) || tests.some((fits) => fits(text));
  };
};

/** As `namePatterns`, where no pattern at all lets every name through. */
export const wantedNames = (patterns: readonly string[] | undefined): ((name: string) => boolean) =>
  patterns === undefined || patterns.length === 0 ? () => true : namePatterns(patterns);

const markOf: Readonly<Record<PatternMarks, RegExp>> = { star: /\*/, starAndOptional: /[*?]/, fnmatch: /[*?[]/ };

/** One character of a pattern: itself, or one that a mark stands for. */
interface Cell {
  readonly char: string;
  readonly fits: ((char: string) => boolean) | null;
  readonly isOptional: boolean;
}

/** Each piece between two stars at its first place behind the one before, the last one at the name's end. */
const patternTest = (pattern: string, marks: PatternMarks): ((name: string) => boolean) => {
  const pieces = piecesOf(pattern, marks).map((cells) =>
    cells.every(({ fits }) => fits === null)
      ? literalPiece(cells.map(({ char }) => char).join(''))
      : markedPiece(cells),
  );
  const last = pieces.length - 1;
  return (name) => {
    let at = 0;
    for (const [index, piece] of pieces.entries()) {
      at = piece(name, at, index === 0, index === last);
      if (at < 0) return false;
    }
    return true;
  };
};

const piecesOf = (pattern: string, marks: PatternMarks): readonly (readonly Cell[])[] => {
  const pieces: Cell[][] = [[]];
  const lastClosing = pattern.lastIndexOf(']');
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const setEnd = marks === 'fnmatch' && char === '[' && at < lastClosing ? endOfSet(pattern, at) : -1;
    if (char === '*') pieces.push([]);
    else if (setEnd > 0) {
      pieces.at(-1)?.push({ char, fits: setTest(pattern.slice(at + 1, setEnd)), isOptional: false });
      at = setEnd;
    } else if (char === '?' && marks !== 'star')
      pieces.at(-1)?.push({ char, fits: () => true, isOptional: marks === 'starAndOptional' });
    else pieces.at(-1)?.push({ char, fits: null, isOptional: false });
  }
  return pieces;
};

/** A bracket directly behind the opening one belongs to the set; one that is never closed stands for itself. */
const endOfSet = (pattern: string, at: number): number =>
  pattern.indexOf(']', at + (pattern.charAt(at + 1) === '!' ? 3 : 2));

const setTest = (set: string): ((char: string) => boolean) => {
  const isNot = set.startsWith('!');
  const members = isNot ? set.slice(1) : set;
  const fits = (char: string): boolean => {
    for (let at = 0; at < members.length; at++) {
      const isRange = members.charAt(at + 1) === '-' && at + 2 < members.length;
      if (isRange ? char >= members.charAt(at) && char <= members.charAt(at + 2) : char === members.charAt(at))
        return true;
      if (isRange) at += 2;
    }
    return false;
  };
  return (char) => fits(char) !== isNot;
};

/** Where a piece ends that begins at or behind `from`, the earliest such place; -1 where there is none. */
type Piece = (name: string, from: number, isFirst: boolean, isLast: boolean) => number;

const literalPiece =
  (piece: string): Piece =>
  (name, from, isFirst, isLast) => {
    const end = isLast && !isFirst ? name.length : from + piece.length;
    const start = isFirst || isLast ? end - piece.length : name.indexOf(piece, from);
    if (start < from || (isLast && end !== name.length) || !name.startsWith(piece, start)) return -1;
    return start + piece.length;
  };

/**
 * All ways to read the piece at once: bit n of `reached` says that its first n cells fit the name up to here. Cells beyond
 * the bits of a number are in the next number.
 */
const markedPiece = (cells: readonly Cell[]): Piece => {
  const words = Math.floor(cells.length / bitsOfWord) + 1;
  const masks = new CharMasks(cells, words);
  const optional = cells.flatMap(({ isOptional }, index) => (isOptional ? [index] : []));
  const lastWord = Math.floor(cells.length / bitsOfWord);
  const lastBit = 1 << (cells.length % bitsOfWord);
  const passOptional = (reached: Int32Array): void => {
    for (const index of optional) if (isSet(reached, index)) setBit(reached, index + 1);
  };
  return (name, from, isFirst, isLast) => {
    const reached = new Int32Array(words);
    reached[0] = 1;
    passOptional(reached);
    for (let at = from; at <= name.length; at++) {
      if (((reached[lastWord] ?? 0) & lastBit) !== 0 && (!isLast || at === name.length)) return at;
      const mask = masks.of(name.charCodeAt(at));
      let carry = isFirst ? 0 : 1;
      for (let word = 0; word < words; word++) {
        const fitting = (reached[word] ?? 0) & (mask[word] ?? 0);
        reached[word] = ((fitting << 1) | carry) & wordMask;
        carry = (fitting >>> (bitsOfWord - 1)) & 1;
      }
      if (optional.length > 0) passOptional(reached);
    }
    return -1;
  };
};

const bitsOfWord = 30;
const wordMask = 2 ** bitsOfWord - 1;

const isSet = (bits: Int32Array, index: number): boolean =>
  ((bits[Math.floor(index / bitsOfWord)] ?? 0) & (1 << (index % bitsOfWord))) !== 0;

const setBit = (bits: Int32Array, index: number): void => {
  const word = Math.floor(index / bitsOfWord);
  bits[word] = (bits[word] ?? 0) | (1 << (index % bitsOfWord));
};

const charsKept = 1_024;

/** Which cells a character fits, made when it first comes. */
class CharMasks {
  private readonly known = new Map<number, Int32Array>();
  private readonly cells: readonly Cell[];
  private readonly words: number;
  private lastCode = -1;
  private lastMask: Int32Array;

  constructor(cells: readonly Cell[], words: number) {
    this.cells = cells;
    this.words = words;
    this.lastMask = new Int32Array(words);
  }

  of(code: number): Int32Array {
    if (code === this.lastCode) return this.lastMask;
    const mask = this.known.get(code) ?? this.make(code);
    this.lastCode = code;
    this.lastMask = mask;
    return mask;
  }

  private make(code: number): Int32Array {
    const mask = new Int32Array(this.words);
    const char = Number.isNaN(code) ? '' : String.fromCharCode(code);
    this.cells.forEach((cell, index) => {
      if (cell.fits === null ? cell.char === char : cell.fits(char)) setBit(mask, index);
    });
    if (this.known.size >= charsKept) this.known.clear();
    this.known.set(code, mask);
    return mask;
  }
}

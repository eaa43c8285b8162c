export interface PatternRules {
  readonly ignoresCase?: boolean;
  /** What `?` stands for: itself unless it is said here. */
  readonly mark?: 'itself' | 'one' | 'oneOrNone';
}

/**
 * Tests names against any of some patterns, in which `*` stands for any text. A regular expression could be made to take
 * for ever; this takes at most the name's length times the pattern's.
 */
export const namePatterns = (patterns: readonly string[], rules: PatternRules = {}): ((name: string) => boolean) => {
  const { ignoresCase = false, mark = 'itself' } = rules;
  const spelled = ignoresCase ? patterns.map((pattern) => pattern.toLowerCase()) : patterns;
  const isPattern = (each: string): boolean => each.includes('*') || (mark !== 'itself' && each.includes('?'));
  const wholes = new Set(spelled.filter((each) => !isPattern(each)));
  const tests = spelled.filter(isPattern).map((each) => patternTest(each, mark));
  return (name) => {
    const text = ignoresCase ? name.toLowerCase() : name;
    return wholes.has(text) || tests.some((fits) => fits(text));
  };
};

type Mark = NonNullable<PatternRules['mark']>;

/** Each piece between two stars at its first place behind the one before, the last one at the name's end. */
const patternTest = (pattern: string, mark: Mark): ((name: string) => boolean) => {
  const pieces = pattern.split('*').map((piece) => pieceOf(piece, mark));
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

/** Where a piece ends that begins at or behind `from`, the earliest such place; -1 where there is none. */
type Piece = (name: string, from: number, isFirst: boolean, isLast: boolean) => number;

const pieceOf = (piece: string, mark: Mark): Piece =>
  mark === 'itself' || !piece.includes('?') ? literalPiece(piece) : markedPiece(piece, mark === 'oneOrNone');

const literalPiece =
  (piece: string): Piece =>
  (name, from, isFirst, isLast) => {
    const end = isLast && !isFirst ? name.length : from + piece.length;
    const start = isFirst || isLast ? end - piece.length : name.indexOf(piece, from);
    if (start < from || (isLast && end !== name.length) || !name.startsWith(piece, start)) return -1;
    return start + piece.length;
  };

/** All ways to read the piece at once: `reached[n]` says that its first n characters fit the name up to here. */
const markedPiece =
  (piece: string, isOptional: boolean): Piece =>
  (name, from, isFirst, isLast) => {
    let reached = stepOver(new Uint8Array(piece.length + 1), piece, isOptional);
    for (let at = from; at <= name.length; at++) {
      if (reached[piece.length] === 1 && (!isLast || at === name.length)) return at;
      const next = new Uint8Array(piece.length + 1);
      for (let index = 0; index < piece.length; index++)
        if (reached[index] === 1 && at < name.length && (piece[index] === '?' || piece[index] === name[at]))
          next[index + 1] = 1;
      reached = stepOver(next, piece, isOptional, isFirst);
    }
    return -1;
  };

/** Begins anew at each place unless the piece has a fixed one, and leaves out the marks that may stand for nothing. */
const stepOver = (reached: Uint8Array<ArrayBuffer>, piece: string, isOptional: boolean, isFixed = false) => {
  if (!isFixed) reached[0] = 1;
  for (let index = 0; isOptional && index < piece.length; index++)
    if (reached[index] === 1 && piece[index] === '?') reached[index + 1] = 1;
  return reached;
};

import { namePatterns } from '../../../api/namePatterns.ts';

/** What a text must hold, and what all of it must be like. */
export interface TextPattern {
  /** The longest piece without a `*`; empty where the pattern has none. */
  readonly piece: string;
  /** Left out: holding the piece is enough. */
  readonly fits?: (text: string) => boolean;
}

/** `Timeout` is held anywhere; `Timeout*` begins the text; `*` is any text at all. */
export const textPattern = (pattern: string): TextPattern => {
  if (!pattern.includes('*')) return { piece: pattern };
  const pieces = pattern.split('*');
  const piece = pieces.reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  // "*Timeout*" is the same as "Timeout".
  const isHeldAnywhere = pieces.length === 3 && pieces[0] === '' && pieces[2] === '' && piece !== '';
  return isHeldAnywhere ? { piece } : { piece, fits: namePatterns([pattern], { ignoresCase: true }) };
};

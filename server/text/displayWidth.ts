/** Colours and other control sequences, which take no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are made of.
const sequence = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** The scripts and signs that terminals draw two cells wide. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const combining = /[\p{Mn}\p{Me}\p{Cf}]/u;
const ascii = /^[\x20-\x7e]*$/;

/** How many cells of a terminal the text takes. */
export const displayWidth = (text: string): number => {
  const plain = text.includes('\u001b') ? text.replace(sequence, '') : text;
  if (ascii.test(plain)) return plain.length;
  let cells = 0;
  for (let at = 0; at < plain.length; ) {
    const code = plain.charCodeAt(at);
    // Most of every text is ASCII.
    if (code >= 0x20 && code <= 0x7e) {
      cells++;
      at++;
      continue;
    }
    const sign = String.fromCodePoint(plain.codePointAt(at) ?? code);
    cells += cellsOf(sign);
    at += sign.length;
  }
  return cells;
};

/** The text (without colours) cut to `cells`, with … in place of what is missing. */
export const cutTo = (text: string, cells: number): string => {
  if (text.length <= cells && ascii.test(text)) return text;
  let used = 0;
  let kept = 0;
  let at = 0;
  for (const sign of text) {
    used += cellsOf(sign);
    at += sign.length;
    if (used < cells) kept = at;
    if (used > cells) return cells < 1 ? '' : `${text.slice(0, kept).trimEnd()}…`;
  }
  return text;
};

export const padTo = (text: string, cells: number, align: 'left' | 'right' = 'left'): string => {
  const room = ' '.repeat(Math.max(0, cells - displayWidth(text)));
  return align === 'left' ? text + room : room + text;
};

const cellsOf = (sign: string): number => {
  if (sign >= ' ' && sign <= '~') return 1;
  const known = remembered.get(sign);
  if (known !== undefined) return known;
  const cells = combining.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
  if (remembered.size >= signsRemembered) remembered.clear();
  remembered.set(sign, cells);
  return cells;
};

/** A text repeats its signs, and to ask for one costs as much as to draw it. */
const remembered = new Map<string, number>();
const signsRemembered = 4_096;

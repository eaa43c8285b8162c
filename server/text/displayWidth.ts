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
  for (const sign of plain) cells += cellsOf(sign);
  return cells;
};

/** The text (without colours) cut to `cells`, with … in place of what is missing. */
export const cutTo = (text: string, cells: number): string => {
  if (text.length <= cells && ascii.test(text)) return text;
  if (displayWidth(text) <= cells) return text;
  if (cells < 1) return '';
  let used = 0;
  let kept = '';
  for (const sign of text) {
    used += cellsOf(sign);
    if (used > cells - 1) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
};

export const padTo = (text: string, cells: number, align: 'left' | 'right' = 'left'): string => {
  const room = ' '.repeat(Math.max(0, cells - displayWidth(text)));
  return align === 'left' ? text + room : room + text;
};

const cellsOf = (sign: string): number => {
  if (sign >= ' ' && sign <= '~') return 1;
  if (combining.test(sign)) return 0;
  return wide.test(sign) ? 2 : 1;
};

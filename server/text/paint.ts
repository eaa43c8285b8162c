const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof codes;

export type Paint = (style: Style | null, text: string) => string;

const plain: Paint = (_style, text) => text;

const coloured: Paint = (style, text) => {
  if (style === null || text === '') return text;
  const [on, off] = codes[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Colour only where a person looks and has not asked for none (no-color.org). */
export const paintFor = (
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint => (stream.isTTY && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb' ? coloured : plain);

/**
 * What another program writes, for a terminal: its lines and its colours. Every other sequence that a terminal obeys (titles,
 * links, the clipboard, the cursor) is made visible and does nothing.
 */
export const terminalText = (text: string): string =>
  text
    .replaceAll(/(\p{Cc})(\[[\d;]{0,30}m)?/gu, (whole: string, sign: string, colour: string | undefined) =>
      harmless.has(sign) || (sign === escapeSign && colour !== undefined) ? whole : `${visible}${colour ?? ''}`,
    )
    .replaceAll(/\r?\n/g, '\r\n');

const escapeSign = '\u001b';
const visible = '␛';
const harmless: ReadonlySet<string> = new Set(['\n', '\r', '\t', '\b']);

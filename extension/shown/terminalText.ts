/**
 * What another program writes, for a terminal: its lines and its colours. Every other sequence that a terminal obeys (titles,
 * links, the clipboard, the cursor) is made visible and does nothing.
 */
export const terminalText = (text: string): string =>
  text.replaceAll(disobeyed, visible).replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');

/** Controls other than the end of a line, a tab and a step back; those that begin a colour are left. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const disobeyed = /[\u0000-\u0007\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[[\d;]{0,30}m)/g;
const visible = '␛';

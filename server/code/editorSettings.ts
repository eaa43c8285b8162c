import { parseJson } from '../celery/parseJson.ts';

/** The value of `celeriac.check.rules` in a settings file of VS Code; undefined: it is not there, or cannot be read. */
export const readEditorRules = (text: string): unknown => {
  const settings = parseJson(withoutComments(text));
  return typeof settings === 'object' && settings !== null && Object.hasOwn(settings, key)
    ? (settings as Readonly<Record<string, unknown>>)[key]
    : undefined;
};

const key = 'celeriac.check.rules';

/** Such files are JSON with comments and commas at the end of lists. */
const withoutComments = (text: string): string => {
  const pieces: string[] = [];
  let last = -1;
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    const isComment = text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*');
    const piece = isComment ? ' ' : text.slice(at, end);
    if ((piece === '}' || piece === ']') && pieces[last] === ',') pieces[last] = '';
    if (piece.trim() !== '') last = pieces.length;
    pieces.push(piece);
    at = end;
  }
  return pieces.join('');
};

const endOfPiece = (text: string, at: number): number => {
  const next = text[at + 1];
  if (text[at] === '"') return endOfString(text, at);
  if (text[at] === '/' && next === '/') return endAt(text, '\n', at, 0);
  if (text[at] === '/' && next === '*') return endAt(text, '*/', at + 2, 2);
  return at + 1;
};

const endAt = (text: string, mark: string, from: number, length: number): number => {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + length;
};

const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
};

import { createHash } from 'node:crypto';
import type { Outlet } from '../../outlet/outlet.ts';
import type { Shown } from '../../outlet/shown.ts';
import type { Sliced } from '../../state/queries/slices.ts';
import type { Body } from './answer.ts';
import { jsonPieces } from './jsonPieces.ts';

/** A body as it goes to the socket. */
export interface Encoded {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** So many characters at once are covered, written and hashed in a few milliseconds. */
const charsAtOnce = 65_536;

/** The one place of this face where a stream's events become JSON, and it only takes what was covered. */
export const jsonText = (value: Shown<object>): string => JSON.stringify(value);

/** The bytes of a body, however long, made a little at a time. */
export function* encodeInSlices(body: Body, outlet: Outlet): Sliced<Encoded> {
  const hash = createHash('sha1');
  const chunks: Buffer[] = [];
  let text = '';
  const flush = (): void => {
    const chunk = Buffer.from(text);
    hash.update(chunk);
    chunks.push(chunk);
    text = '';
  };
  for (const piece of piecesOf(body, outlet)) {
    text += piece;
    if (text.length < charsAtOnce) continue;
    flush();
    yield;
  }
  flush();
  return { bytes: Buffer.concat(chunks), etag: `"${hash.digest('base64url')}"` };
}

const piecesOf = (body: Body, outlet: Outlet): Iterable<string> => {
  if (typeof body === 'string') return [body];
  return 'json' in body ? jsonPieces(body.json, outlet) : body.lines;
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import { inSlices } from '../../cluster/inSlices.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { problem, type WholeAnswer } from './answer.ts';
import { encodeInSlices } from './encoded.ts';

/** What the server has left for an answer. */
export interface Room {
  readonly closingWithinMs: number;
  readonly outlet: Outlet;
  /** Of this program; clients of another version say so when they cannot read an answer. */
  readonly version: string;
  hasRoomFor(bytes: number): boolean;
}

/** Writes an answer that is there as a whole; a long one becomes bytes a little at a time. */
export const respond = async (
  message: IncomingMessage,
  response: ServerResponse,
  answer: WholeAnswer,
  room: Room,
): Promise<void> => {
  const { bytes: body, etag } = await inSlices(encodeInSlices(answer.body, room.outlet));
  if (answer !== tooMuchUnread && !room.hasRoomFor(body.length)) return respond(message, response, tooMuchUnread, room);
  if (response.destroyed) return;
  const isSame = answer.status === 200 && message.headers['if-none-match'] === etag;
  const headers = {
    'content-type': answer.contentType,
    'cache-control': 'no-cache',
    'celeriac-version': room.version,
    'x-content-type-options': 'nosniff',
    ...(answer.status === 200 ? { etag } : {}),
    ...answer.headers,
  };
  if (isSame) {
    response.writeHead(304, headers).end();
    return;
  }
  const isCutOff = !message.complete && answer.headers?.['connection'] === 'close';
  response.writeHead(answer.status, { ...headers, 'content-length': body.length });
  if (message.method === 'HEAD') response.end();
  else if (isCutOff) endLater(message, response, body, room.closingWithinMs);
  else response.end(body);
};

const tooMuchUnread = problem(503, 'tooMuchUnread', 'Too many responses are waiting for slow clients.', {
  'retry-after': '5',
});

/** Who closes with bytes unread takes the answer back from a client that still sends: what comes is read for a while. */
const endLater = (message: IncomingMessage, response: ServerResponse, body: Buffer, closingWithinMs: number): void => {
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, closingWithinMs);
  message.on('close', end);
  message.on('error', end);
  message.resume();
};

import { STATUS_CODES } from 'node:http';
import type { Outlet } from '../../outlet/outlet.ts';
import { atOnce } from '../../state/queries/slices.ts';
import { problem } from './answer.ts';
import { encodeInSlices } from './encoded.ts';

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
}

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'longHeaders',
    sentence: 'The URL and headers of the request exceed 16 KB.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'longBody',
    sentence: 'The extensions of a chunk are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'slowRequest',
    sentence: 'The request did not arrive in time.',
  },
};

const malformed: Refusal = { status: 400, code: 'badRequest', sentence: 'The request is malformed.' };

/** What is written to a client whose request never reached a route, by what Node calls the error. */
export const clientErrorAnswer = (errorCode: string | undefined, outlet: Outlet): Buffer => {
  const { status, code, sentence } = refusals[errorCode ?? ''] ?? malformed;
  const { body: json, contentType } = problem(status, code, sentence);
  const { bytes: body } = atOnce(encodeInSlices(json, outlet));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
};

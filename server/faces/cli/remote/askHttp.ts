import type { IncomingMessage, RequestOptions } from 'node:http';
import { CeleriacError } from '../../../api/errors.ts';

export interface HttpQuestion {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly token: string | null;
  readonly body?: object;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  /** Where a redirection leads. */
  readonly location: string | null;
  /** Of the celeriac that answers; null: something else answers, or one that does not name it. */
  readonly version: string | null;
  readonly text: string;
  /** When to ask again, where it is asked too often. */
  readonly retryAfterSeconds: number | null;
}

const largestBytes = 64 * 1024 * 1024;

/** One question over HTTP. What keeps an answer from coming is a sentence. */
export const askHttp = async (question: HttpQuestion): Promise<HttpReply> => {
  const { url, method, token, body, timeoutMs, signal } = question;
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const text = body === undefined ? undefined : JSON.stringify(body);
  const options: RequestOptions = {
    method,
    signal,
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    },
  };
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(unreachable(error, url));
    const asked = request(url, options, (reply) => {
      readText(reply).then(
        (read) =>
          resolve({
            status: reply.statusCode ?? 0,
            contentType: reply.headers['content-type'] ?? '',
            location: reply.headers.location ?? null,
            version: headerOf(reply, 'celeriac-version'),
            text: read,
            retryAfterSeconds: Number(reply.headers['retry-after'] ?? Number.NaN) || null,
          }),
        fail,
      );
    });
    asked.setTimeout(timeoutMs, () => asked.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    asked.on('error', fail);
    asked.end(text);
  });
};

const headerOf = ({ headers }: IncomingMessage, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
};

const readText = async (reply: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBytes) throw Object.assign(new Error('too long'), { code: 'EMSGSIZE' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed',
  EMSGSIZE: 'the answer is longer than 64 MB',
  ENOTFOUND: 'there is no such host name',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'it did not answer in time',
};

/** The certificate, a wrong protocol and the like keep OpenSSL's own words. */
const unreachable = (error: NodeJS.ErrnoException, url: URL): CeleriacError => {
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new CeleriacError(
    error.code === 'ETIMEDOUT' ? 'timeout' : 'brokerUnreachable',
    `The celeriac server at ${url.origin} cannot be reached: ${reason}. Check --server, or start it: celeriac serve.`,
    { cause: error },
  );
};

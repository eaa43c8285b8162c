import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CeleriacError } from '../../api/errors.ts';
import { within } from '../../waits/within.ts';
import { type AccessRules, refusal } from './access.ts';
import { type Answer, problem, problemOf } from './answer.ts';
import { type Found, findRoute } from './findRoute.ts';
import { readBody, readParameters } from './readRequest.ts';
import type { Route, RouteRequest, Served } from './route.ts';
import { tokenPage } from './routes/page.ts';

export interface HttpFaceParts {
  readonly served: Served;
  readonly access: AccessRules;
  readonly host: string;
  readonly port: number;
  readonly log: (sentence: string) => void;
}

const connectionLimit = 512;
const answerWithinMs = 15_000;

/** The engine over HTTP. Holds no logic of its own: routes ask the engine, this file reads requests and writes answers. */
export class HttpFace {
  private readonly parts: HttpFaceParts;
  private readonly server: Server;

  constructor(parts: HttpFaceParts) {
    this.parts = parts;
    this.server = createServer(
      { requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 16_384 },
      (message, response) => {
        void this.serve(message, response);
      },
    );
    this.server.maxConnections = connectionLimit;
    this.server.keepAliveTimeout = 15_000;
    this.server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    });
  }

  /** Resolves with the port. */
  async listen(): Promise<number> {
    const { host, port } = this.parts;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(unableToListen(error, host, port)));
      this.server.listen(port, host.replace(/^\[|\]$/g, ''), resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Answers what is being asked, and takes nothing more. */
  async close(): Promise<void> {
    this.parts.served.events.close();
    this.parts.served.changes.close();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const patience = setTimeout(() => this.server.closeAllConnections(), 1_000);
    await closed;
    clearTimeout(patience);
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const answer = await this.answer(message);
    if (response.destroyed) return;
    if (answer.kind === 'stream') answer.open(response);
    else write(message, response, answer);
  }

  private async answer(message: IncomingMessage): Promise<Answer> {
    const { served, access, log } = this.parts;
    const url = URL.parse(message.url ?? '/', 'http://celeriac');
    if (!url) return problem(400, 'badRequest', 'The address is not well formed.');
    const found = findRoute(served.routes, message.method ?? 'GET', url.pathname);
    const refused = refusal(message.headers, access, found.kind === 'found' && found.route.isOpen === true);
    if (refused) return asksForToken(refused, found) ? tokenPage() : refused;
    if (found.kind === 'none')
      return problem(404, 'notFound', `There is nothing at ${url.pathname}. /api/v1/openapi.json tells what there is.`);
    if (found.kind === 'otherMethod')
      return problem(405, 'badMethod', `Ask this with ${found.allowed.join(' or ')}.`, {
        allow: found.allowed.join(', '),
      });
    const { route, path } = found;
    try {
      return await withinLimit(this.run(route, path, url.searchParams, message));
    } catch (error) {
      if (!(error instanceof CeleriacError))
        log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return problemOf(error);
    }
  }

  private async run(
    route: Route,
    path: Readonly<Record<string, string>>,
    query: URLSearchParams,
    message: IncomingMessage,
  ): Promise<Answer> {
    const { served } = this.parts;
    if (route.changes && !served.allowsWriting)
      throw new CeleriacError(
        'readOnly',
        'This server only reads. Start it with --allow-write to let it change the cluster.',
      );
    const values = readParameters(route.parameters, path, query);
    const body = route.method === 'POST' ? await readBody(message, route.body ?? []) : {};
    const request: RouteRequest = {
      served,
      headers: message.headers,
      body,
      text: (name) => {
        const value = values.get(name);
        return typeof value === 'string' ? value : null;
      },
      texts: (name) => {
        const value = values.get(name);
        return Array.isArray(value) ? value : null;
      },
      integer: (name) => {
        const value = values.get(name);
        return typeof value === 'number' ? value : null;
      },
    };
    return route.handle(request);
  }
}

/** People get a page that asks for the token, programs the refusal. */
const asksForToken = (refused: Answer, found: Found): boolean =>
  refused.kind === 'whole' && refused.status === 401 && found.kind === 'found' && found.route.isShell === true;

const withinLimit = (answer: Promise<Answer>): Promise<Answer> =>
  within(answer, answerWithinMs, (): never => {
    throw new CeleriacError('timeout', 'The cluster did not answer within 15 s.');
  });

const write = (
  message: IncomingMessage,
  response: ServerResponse,
  answer: Exclude<Answer, { kind: 'stream' }>,
): void => {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`;
  const isSame = answer.status === 200 && message.headers['if-none-match'] === etag;
  const headers = {
    'content-type': answer.contentType,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    ...(answer.status === 200 ? { etag } : {}),
    ...answer.headers,
  };
  if (isSame) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(answer.status, { ...headers, 'content-length': body.length });
  response.end(message.method === 'HEAD' ? undefined : body);
};

const unableToListen = (error: NodeJS.ErrnoException, host: string, port: number): CeleriacError => {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there already',
    EACCES: 'you may not use that port',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no such host name',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new CeleriacError('badRequest', `celeriac cannot listen at ${host}:${port}: ${reason}.`, { cause: error });
};

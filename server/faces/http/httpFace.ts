import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { CeleriacError } from '../../api/errors.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { within } from '../../waits/within.ts';
import { type Answer, problem, problemOf, type WholeAnswer } from './answer.ts';
import { clientErrorAnswer } from './clientErrorAnswer.ts';
import { Connections } from './connections.ts';
import type { Asker } from './door.ts';
import { eventStreamHeaders } from './eventFan.ts';
import { type Found, findRoute } from './findRoute.ts';
import { type HttpLimits, httpLimits } from './httpLimits.ts';
import { Paces } from './paces.ts';
import type { Proxies } from './proxies.ts';
import { readBody, readParameters } from './readRequest.ts';
import { RefusedRequest } from './refusedRequest.ts';
import { respond } from './respond.ts';
import type { RouteRequest, Served } from './route.ts';
import { tokenPage } from './routes/page.ts';
import { SharedAnswers } from './sharedAnswers.ts';

export interface HttpFaceParts {
  readonly served: Served;
  readonly proxies: Proxies;
  readonly host: string;
  readonly port: number;
  readonly log: (sentence: string) => void;
  readonly limits?: HttpLimits;
}

/** The engine over HTTP. Holds no logic of its own: routes ask the engine, this file reads requests and writes answers. */
export class HttpFace {
  private readonly parts: HttpFaceParts;
  private readonly limits: HttpLimits;
  private readonly connections: Connections;
  private readonly shared: SharedAnswers;
  private readonly paces = new Paces();
  private readonly server: Server;

  constructor(parts: HttpFaceParts) {
    this.parts = parts;
    this.shared = new SharedAnswers(parts.served.now);
    this.limits = parts.limits ?? httpLimits;
    this.connections = new Connections(this.limits, (address) => parts.proxies.isNamed(address));
    const { requestWithinMs, headersWithinMs, checkEveryMs, idleMs, unreadMs } = this.limits;
    this.server = createServer(
      {
        requestTimeout: requestWithinMs,
        headersTimeout: headersWithinMs,
        connectionsCheckingInterval: checkEveryMs,
        keepAliveTimeout: idleMs,
        maxHeaderSize: 16_384,
      },
      (message, response) => {
        void this.serve(message, response);
      },
    );
    this.server.timeout = unreadMs;
    this.server.on('connection', (socket) => this.connections.admit(socket));
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.refuse(error, socket as Socket));
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
    const patience = setTimeout(() => this.connections.close(), 1_000);
    await closed;
    clearTimeout(patience);
    this.connections.close();
  }

  /** Answers what is no request; that the client closes then is not waited for. */
  private refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    if (socket.writableEnded) return;
    if (!socket.writable || error.code === 'ECONNRESET' || this.connections.isAnswering(socket)) socket.destroy();
    else socket.end(clientErrorAnswer(error.code, this.outlet));
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    this.connections.begin(message.socket, response);
    const answer = await this.answer(message);
    if (response.destroyed) return;
    if (answer.kind === 'whole') await respond(message, response, answer, this);
    else if (message.method === 'HEAD') response.writeHead(200, eventStreamHeaders).end();
    else {
      this.connections.keepStream(message.socket);
      answer.open(response);
    }
  }

  /** What may be told of the cluster. */
  get outlet(): Outlet {
    return this.parts.served.cluster.outlet;
  }

  get version(): string {
    return this.parts.served.version;
  }

  get closingWithinMs(): number {
    return this.limits.closingWithinMs;
  }

  /** Whether that much may lie in memory until its client has read it. */
  hasRoomFor(bytes: number): boolean {
    return bytes <= smallBytes || this.connections.unreadBytes + bytes <= this.limits.unreadBytes;
  }

  private async answer(message: IncomingMessage): Promise<Answer> {
    const { served, log } = this.parts;
    const url = URL.parse(message.url ?? '/', 'http://celeriac');
    if (!url) return problem(400, 'badRequest', 'The URL is malformed.');
    const found = findRoute(served.routes, message.method ?? 'GET', url.pathname);
    if (this.connections.isReserved(message.socket) && !(found.kind === 'found' && found.route.tag === 'probes'))
      return allPlacesTaken;
    const asker = served.door.enter(message, found.kind === 'found' ? found.route : null);
    if ('kind' in asker) return asksForToken(asker, found) ? tokenPage() : asker;
    if (found.kind === 'none')
      return problem(404, 'notFound', `${url.pathname} not found. /api/v1/openapi.json describes the endpoints.`);
    if (found.kind === 'otherMethod')
      return problem(405, 'badMethod', `Use ${found.allowed.join(' or ')}.`, {
        allow: found.allowed.join(', '),
      });
    try {
      return await withinLimit(this.run(found, url.searchParams, message, asker), this.limits.answerWithinMs);
    } catch (error) {
      if (error instanceof RefusedRequest) return error.answer;
      if (!(error instanceof CeleriacError))
        log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return problemOf(error);
    }
  }

  private async run(
    { route, path }: Found & { kind: 'found' },
    query: URLSearchParams,
    message: IncomingMessage,
    asker: Asker,
  ): Promise<Answer> {
    const { served } = this.parts;
    if (route.tag !== 'probes') served.cluster.noteLook();
    if (route.changes && !served.allowsWriting)
      throw new CeleriacError('readOnly', 'This server is read-only. Start it with --allow-write to allow changes.');
    if (route.pace) this.paces.take(route.pace, asker.peer, served.now());
    const values = readParameters(route.parameters, path, query);
    const body = route.method === 'POST' ? await readBody(message, route.body ?? []) : {};
    const request: RouteRequest = {
      served,
      asker,
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
    if (!route.asksCluster) return route.handle(request);
    query.sort();
    return this.shared.give(`${route.path}?${query}`, asker.peer, () => route.handle(request));
  }
}

/** An answer of this size goes out whatever else lies in memory: errors and probes. */
const smallBytes = 16_384;

const allPlacesTaken = problem(503, 'tooManyConnections', 'All connections that this server allows are in use.', {
  connection: 'close',
  'retry-after': '1',
});

/** People get a page that asks for the token, programs the refusal. */
const asksForToken = (refused: WholeAnswer, found: Found): boolean =>
  refused.status === 401 && found.kind === 'found' && found.route.isShell === true;

const withinLimit = (answer: Promise<Answer>, answerWithinMs: number): Promise<Answer> =>
  within(answer, answerWithinMs, (): never => {
    throw new CeleriacError('timeout', 'The cluster did not answer within 15 s.');
  });

const unableToListen = (error: NodeJS.ErrnoException, host: string, port: number): CeleriacError => {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'the port is in use',
    EACCES: 'permission denied',
    EADDRNOTAVAIL: 'the address does not belong to this machine',
    ENOTFOUND: 'host name not found',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return new CeleriacError('badRequest', `celeriac cannot listen at ${host}:${port}: ${reason}.`, { cause: error });
};

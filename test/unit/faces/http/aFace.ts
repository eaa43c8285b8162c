import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { defaultRedactPatterns } from '../../../../server/api/redaction.ts';
import type { Cluster } from '../../../../server/cluster/cluster.ts';
import type { TaskDesk } from '../../../../server/cluster/taskDesk.ts';
import type { AccessRules } from '../../../../server/faces/http/access.ts';
import { ChangeFan } from '../../../../server/faces/http/changeFan.ts';
import { Door } from '../../../../server/faces/http/door.ts';
import { EventFan } from '../../../../server/faces/http/eventFan.ts';
import { HttpFace } from '../../../../server/faces/http/httpFace.ts';
import { type HttpLimits, httpLimits } from '../../../../server/faces/http/httpLimits.ts';
import { pageAsker } from '../../../../server/faces/http/pageAsker.ts';
import { Proxies } from '../../../../server/faces/http/proxies.ts';
import type { Route, Served } from '../../../../server/faces/http/route.ts';
import { routes } from '../../../../server/faces/http/routes.ts';
import { makeOutlet } from '../../../../server/outlet/outlet.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The address of the client. */
  readonly from?: string;
}

interface FaceParts {
  readonly limits?: Partial<HttpLimits>;
  readonly access?: Partial<AccessRules>;
  readonly proxies?: readonly string[];
  readonly served?: Partial<Served>;
  readonly routes?: readonly Route[];
}

const snapshot = {
  clusterId: 'c',
  name: 'shop',
  link: { kind: 'live' },
  workers: {},
  queues: {},
  alerts: {},
  failures: {},
  verdict: { level: 'healthy', state: 'healthy', reasons: [] },
};

/** The HTTP face on a port of its own, over a cluster without workers. */
export const aFace = async (t: TestContext, parts: FaceParts = {}) => {
  const said: string[] = [];
  const outlet = makeOutlet(defaultRedactPatterns);
  const log = (sentence: string): number => said.push(sentence);
  const clock = { now: 1_000_000 };
  const rules = { hosts: ['127.0.0.1', 'localhost'], token: null, trustedHeader: null, ...parts.access };
  const proxies = new Proxies(parts.proxies ?? []);
  const looks: number[] = [];
  const noteLook = (): number => looks.push(clock.now);
  const state = { typeStats: () => [], workerStats: () => [] };
  const cluster = { noteLook, snapshot: () => snapshot, state, outlet };
  const served = {
    cluster,
    askForPage: pageAsker(cluster as unknown as Cluster, {} as TaskDesk),
    events: new EventFan(outlet),
    changes: new ChangeFan('c', outlet),
    now: () => clock.now,
    allowsWriting: true,
    routes: [...routes, ...(parts.routes ?? [])],
    pageFolder: import.meta.dirname,
    version: '0',
    door: new Door({ rules, proxies, now: () => clock.now, log }),
    ...parts.served,
    ...(parts.served?.cluster ? { cluster: Object.assign(parts.served.cluster, { outlet }) } : {}),
  } as unknown as Served;
  const limits = { ...httpLimits, ...parts.limits };
  const face = new HttpFace({ served, proxies, host: '127.0.0.1', port: 0, log, limits });
  const port = await face.listen();
  const sockets: Socket[] = [];
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await face.close();
  });

  /** A client that says these bytes and never closes, not even when the server does. */
  const stubborn = (bytes = '', from = '127.0.0.1'): StubbornClient => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true });
    sockets.push(socket);
    return new StubbornClient(socket, bytes);
  };
  const ask = (path: string, { method = 'GET', headers = {}, body, from = '127.0.0.1' }: Asked = {}) =>
    new Promise<Answered>((resolve, reject) => {
      const asked = request(
        { port, host: '127.0.0.1', localAddress: from, path, method, headers, agent: false },
        (reply) => {
          let text = '';
          reply.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
          reply.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  return { face, served, clock, port, said, looks, ask, stubborn };
};

export class StubbornClient {
  private readonly socket: Socket;
  text = '';
  private closed = false;
  /** When the server has closed its side, or all of it. */
  readonly told: Promise<void>;
  readonly connected: Promise<void>;

  constructor(socket: Socket, bytes: string) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      this.text += chunk;
    });
    this.told = new Promise((resolve) => {
      socket.on('end', resolve);
      socket.on('close', () => {
        this.closed = true;
        resolve();
      });
    });
    socket.on('error', () => undefined);
    this.connected = new Promise((resolve) => {
      socket.on('connect', () => {
        if (bytes) socket.write(bytes);
        resolve();
      });
      socket.on('close', resolve);
    });
  }

  say(bytes: string): void {
    this.socket.write(bytes);
  }

  /** Reads nothing. */
  pause(): void {
    this.socket.pause();
  }

  /** Whether the server has nothing left of it: it then refuses whatever still comes. */
  isGone(): boolean {
    if (!this.closed) this.socket.write('x');
    return this.closed;
  }
}

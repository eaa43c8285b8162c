import { request } from 'node:http';
import type { Broker } from '../lab/broker.ts';
import { at, CliProcess } from './cliProcess.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The address of the client. */
  readonly from?: string;
}

/** `celeriac serve` as a process, and a client that may send whatever it likes. */
export class Served {
  readonly process: CliProcess;
  readonly port: number;

  private constructor(process: CliProcess, port: number) {
    this.process = process;
    this.port = port;
  }

  static async start(
    broker: Broker,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Served> {
    const process = new CliProcess(['serve', '--port', '0', ...args, ...at(broker)], { env });
    await process.printed(/^Serving .* at http/m);
    return new Served(process, Number(/:(\d+)\s*$/m.exec(process.stdout)?.[1]));
  }

  /** Not `fetch`: that sets Host and Origin itself. */
  ask(path: string, { method = 'GET', headers = {}, body, from }: Ask = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const asked = request(
        { port: this.port, host: '127.0.0.1', localAddress: from, path, method, headers: { ...json, ...headers } },
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
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async json(path: string, options?: Ask): Promise<{ readonly status: number; readonly body: Body }> {
    const { status, text } = await this.ask(path, options);
    return { status, body: JSON.parse(text) as Body };
  }

  async stop(): Promise<number | null> {
    this.process.kill('SIGTERM');
    return (await this.process.ended).code;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what comes over HTTP is looked at field by field
type Body = any;

/** The samples of a page of metrics, by name and labels. */
export const samplesIn = (text: string): Map<string, number> =>
  new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );

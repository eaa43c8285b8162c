import type { Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent, RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { readJson } from '../celery/parseJson.ts';
import type { ManagementAddress } from './rabbitmqManagementAddress.ts';

/** An answer that is none of 200; its message is what came with it. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(body);
    this.status = status;
  }
}

const largestAnswer = 256 * 1024 * 1024;

/** Reads JSON from a management API. Not by `fetch`, which cannot be told whose certificates to trust. */
export class ManagementHttp {
  readonly #address: ManagementAddress;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(address: ManagementAddress) {
    this.#address = address;
    // Loaded for the first RabbitMQ that is watched.
    const { Agent } = process.getBuiltinModule(address.tls ? 'node:https' : 'node:http');
    this.#agent = new Agent({ keepAlive: true });
  }

  /** `path` begins after `/api/`. Rejects when all of the answer is not there in time. */
  async get(path: string, limitMs: number): Promise<unknown> {
    const { user, password } = this.#address;
    const text = await this.#request(path, limitMs, { auth: `${user}:${password}` }, readText);
    const read = readJson(text, largestAnswer);
    if ('defect' in read) throw new SyntaxError(`the answer is ${read.defect}`);
    return read.value;
  }

  /**
   * Whether what listens there asks for a login as RabbitMQ does (rabbit_mgmt_util.erl: is_authorized). Asks without one,
   * because the port may belong to anybody.
   */
  showsRabbitmq(limitMs: number): Promise<boolean> {
    return this.#request('overview', limitMs, {}, async (response) => {
      response.resume();
      const { statusCode, headers } = response;
      return statusCode === 401 && /realm="RabbitMQ Management"/i.test(headers['www-authenticate'] ?? '');
    });
  }

  #request<T>(
    path: string,
    limitMs: number,
    login: { readonly auth?: string },
    read: (response: IncomingMessage) => Promise<T>,
  ): Promise<T> {
    const { url, tls } = this.#address;
    const options: RequestOptions = {
      ...login,
      agent: this.#agent,
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(limitMs),
      ...(tls && !isIP(url.hostname) ? { servername: url.hostname } : {}),
      ...tls?.(),
    };
    const target = new URL(`api/${path}`, url);
    return new Promise((resolve, reject) => {
      const take = (response: IncomingMessage): void => {
        read(response).then(resolve, reject);
      };
      const { get } = process.getBuiltinModule(tls ? 'node:https' : 'node:http');
      get(target, options, take).on('error', reject);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

const readText = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    chunks.push(chunk);
    size += chunk.length;
    if (size > largestAnswer) throw new Error('the answer is too large');
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (response.statusCode !== 200) throw new HttpRefusal(response.statusCode ?? 0, text);
  return text;
};

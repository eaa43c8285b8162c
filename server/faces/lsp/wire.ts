import type { InitializeResult } from 'vscode-languageserver/node';
import type { ErrorData } from '../../api/errors.ts';
import { isRecord } from '../../celery/isRecord.ts';

/** Node's channel between two processes, as `process` has it. */
export interface Channel {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  send?(message: unknown, handle: undefined, options: undefined, done: (error: Error | null) => void): unknown;
}

/** What the extension asks for over the channel. */
export interface Answers {
  initialize(options: unknown): InitializeResult;
  /** Null: there is no such request. */
  request(method: string): ((params: unknown) => Promise<Reply>) | null;
  shutdown(): Promise<void>;
  exit(isInOrder: boolean): void;
}

interface Reply {
  readonly result: unknown;
  readonly error: ErrorData | null;
}

/** The error codes of JSON-RPC and of the language-server protocol. */
const codes = { methodNotFound: -32_601, own: -32_000, internal: -32_603, cancelled: -32_800 };
const logTypes = { warning: 2, info: 3 };

/**
 * The language-server protocol, as far as a server without documents needs it. The library that speaks all of it would be a
 * quarter of what the backend loads, and as much of the memory that it holds while nothing happens.
 */
export class Wire {
  readonly #channel: Channel;
  readonly #answers: Answers;
  /** Requests that have not been answered yet. */
  readonly #open = new Set<unknown>();
  #isShutDown = false;

  constructor(channel: Channel, answers: Answers) {
    this.#channel = channel;
    this.#answers = answers;
  }

  start(): void {
    this.#channel.on('message', (message) => {
      if (!isRecord(message) || typeof message['method'] !== 'string') return;
      const { id, method, params } = message;
      if (id === undefined) this.#notified(method, params);
      else void this.#asked(id, method, params);
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  info(message: string): void {
    this.notify('window/logMessage', { type: logTypes.info, message });
  }

  warn(message: string): void {
    this.notify('window/logMessage', { type: logTypes.warning, message });
  }

  #notified(method: string, params: unknown): void {
    if (method === 'exit') this.#answers.exit(this.#isShutDown);
    if (method === '$/cancelRequest' && isRecord(params))
      this.#reply(params['id'], { error: { code: codes.cancelled, message: 'The request was cancelled.' } });
  }

  async #asked(id: unknown, method: string, params: unknown): Promise<void> {
    this.#open.add(id);
    try {
      this.#reply(id, await this.#answer(method, params));
    } catch (error) {
      this.#reply(id, {
        error: { code: codes.internal, message: error instanceof Error ? error.message : String(error) },
      });
    }
  }

  async #answer(method: string, params: unknown): Promise<object> {
    if (method === 'initialize')
      return { result: this.#answers.initialize(isRecord(params) ? params['initializationOptions'] : undefined) };
    if (method === 'shutdown') {
      this.#isShutDown = true;
      await this.#answers.shutdown();
      return { result: null };
    }
    const answer = this.#answers.request(method);
    if (!answer) return { error: { code: codes.methodNotFound, message: `There is no request "${method}".` } };
    const { result, error } = await answer(params);
    return error ? { error: { code: codes.own, message: error.sentence, data: error } } : { result: result ?? null };
  }

  /** What was cancelled has been answered. */
  #reply(id: unknown, answer: object): void {
    if (this.#open.delete(id)) this.#send({ id, ...answer });
  }

  /** The end of the other process is heard by its own event. */
  #send(message: object): void {
    this.#channel.send?.({ jsonrpc: '2.0', ...message }, undefined, undefined, () => undefined);
  }
}

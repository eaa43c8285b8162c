import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { t } from '@vscode/l10n';
import * as v from 'valibot';
import { CeleriacError } from '../../../server/api/errors.ts';
import type { RdbPlace } from '../../../server/api/rdbPlace.ts';
import {
  type Answer,
  type AnswerTo,
  answers,
  type Question,
  type Ready,
  rdbMessage,
  type Stop,
} from './rdbMessages.ts';
import { splitSpeech } from './splitSpeech.ts';

export interface LinkListener {
  stopped(stop: Stop): void;
  printed(text: string): void;
  /** The task runs on without us. */
  closed(): void;
}

export interface LinkLimits {
  readonly greetingMs: number;
  readonly answerMs: number;
  readonly leavingMs: number;
}

const patience: LinkLimits = { greetingMs: 10_000, answerMs: 20_000, leavingMs: 5_000 };

interface Waiting {
  settle(answer: Answer): void;
  fail(error: Error): void;
}

/**
 * One session with celery.contrib.rdb. Whoever closes its socket without a word breaks the debugger of that worker process,
 * and a reset fails the task itself: so it is never just closed, and a helper in the worker covers for those who cannot say goodbye.
 */
export class RdbLink {
  readonly #place: RdbPlace;
  readonly #helper: string;
  readonly #listener: LinkListener;
  readonly #limits: LinkLimits;
  readonly #token = randomBytes(8).toString('hex');
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | null = null;
  #state: 'greeting' | 'installing' | 'ready' | 'closed' = 'greeting';
  #wasReady = false;
  #rest = '';
  #asked = 0;
  #opened: { resolve(ready: Ready): void; reject(error: Error): void } | null = null;

  constructor(place: RdbPlace, helper: string, listener: LinkListener, limits: Partial<LinkLimits> = {}) {
    this.#place = place;
    this.#helper = helper;
    this.#listener = listener;
    this.#limits = { ...patience, ...limits };
  }

  /** Whether a session has come about, be it over or not. */
  get isReady(): boolean {
    return this.#wasReady;
  }

  /** Resolves when the task waits for what we say. */
  async open(): Promise<Ready> {
    const socket = connect(this.#place.port, this.#place.host);
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    const opened = Promise.withResolvers<Ready>();
    this.#opened = opened;
    socket.on('data', (text: string) => this.#hear(text));
    socket.on('error', (error) => opened.reject(refused(this.#place, error)));
    socket.on('close', () => this.#close());
    const timer = setTimeout(() => opened.reject(silent(this.#place)), this.#limits.greetingMs);
    try {
      return await opened.promise;
    } catch (error) {
      await this.leave();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async ask<Q extends Question>(question: Q, parameters: object = {}): Promise<AnswerTo<Q>> {
    this.#asked += 1;
    const id = this.#asked;
    const waited = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => waited.reject(slow()), this.#limits.answerMs);
    this.#waiting.set(id, { settle: waited.resolve, fail: waited.reject });
    this.#say({ id, ask: question, with: parameters });
    try {
      const { body, error } = await waited.promise;
      if (error !== undefined) throw new CeleriacError('badRequest', error);
      return v.parse(answers[question], body) as AnswerTo<Q>;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }

  /** The task runs on: a line, a function, or until something stops it. Without a breakpoint, `continue` is `leave`. */
  go(how: 'step' | 'next' | 'return' | 'continue'): void {
    this.#say({ go: how });
  }

  /** Lets the task run on as if nobody had been there; resolves when its end is closed, or when it takes too long. */
  async leave(): Promise<void> {
    const socket = this.#socket;
    if (!socket || this.#state === 'closed') return;
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    if (this.#state === 'ready') this.#say({ go: 'leave' });
    else if (this.#state === 'installing') socket.write(`${order({ go: 'leave' })}\nc\n`);
    else if (!socket.connecting) socket.write('c\n');
    await within(gone, this.#limits.leavingMs);
    socket.end();
    await within(gone, 1_000);
    socket.destroy();
  }

  #hear(text: string): void {
    this.#rest += text;
    if (this.#state === 'greeting') {
      if (!isPrompt(this.#rest)) return;
      this.#rest = '';
      this.#state = 'installing';
      this.#socket?.write(`${installation(this.#helper, this.#token)}\n`);
      return;
    }
    const { heard, rest } = splitSpeech(this.#rest, this.#token);
    this.#rest = rest;
    for (const each of heard)
      if (each.kind === 'message') this.#take(each.message);
      else if (this.#state === 'ready') this.#listener.printed(each.text);
      else if (each.text.includes('*** ')) this.#opened?.reject(foreign(each.text));
  }

  #take(heard: unknown): void {
    const read = v.safeParse(rdbMessage, heard);
    if (!read.success) return;
    const message = read.output;
    if ('answer' in message) {
      this.#waiting.get(message.answer)?.settle(message);
      return;
    }
    switch (message.event) {
      case 'ready':
        this.#state = 'ready';
        this.#wasReady = true;
        this.#opened?.resolve(message);
        return;
      case 'stopped':
        this.#listener.stopped(message);
        return;
      case 'left':
        this.#socket?.end();
        return;
      default:
        message satisfies never;
    }
  }

  #say(words: object): void {
    if (this.#state === 'ready') this.#socket?.write(`${order(words)}\n`);
    else for (const each of this.#waiting.values()) each.fail(ended());
  }

  #close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#opened?.reject(silent(this.#place));
    for (const each of this.#waiting.values()) each.fail(ended());
    this.#listener.closed();
  }
}

/** A command of pdb, made of characters that pdb gives no meaning of its own. */
const order = (words: object): string => `celeriac ${Buffer.from(JSON.stringify(words)).toString('base64')}`;

const installation = (helper: string, token: string): string => {
  const source = Buffer.from(helper).toString('base64');
  return `!exec(__import__('base64').b64decode('${source}'), {'token': '${token}'})`;
};

const within = async (promise: Promise<void>, limitMs: number): Promise<void> => {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, limitMs);
  await Promise.race([promise, limit.promise]);
  clearTimeout(timer);
};

const refused = ({ host, port }: RdbPlace, cause: Error): CeleriacError =>
  new CeleriacError(
    'notFound',
    t("No task is paused at {0}:{1}: connection refused. See the worker's log for the port.", host, port),
    { cause },
  );

const silent = ({ host, port }: RdbPlace): CeleriacError =>
  new CeleriacError(
    'timeout',
    t('{0}:{1} does not answer like rdb. Another debugger may already be attached.', host, port),
  );

const foreign = (words: string): CeleriacError =>
  new CeleriacError('unsupported', t("The worker's debugger cannot be controlled: {0}", words.trim()));

const slow = (): CeleriacError =>
  new CeleriacError('timeout', t('The worker did not answer. It may still be computing the value.'));

const ended = (): CeleriacError =>
  new CeleriacError('notFound', t('The task has continued, so the session has ended.'));

/** pdb waits: it has named the line (`> /srv/shop.py(12)pay()`) and asks what to do. */
const isPrompt = (text: string): boolean => {
  if (!text.endsWith('(Pdb) ')) return false;
  const place = text.startsWith('> ') ? 0 : text.indexOf('\n> ') + 1;
  return (place > 0 || text.startsWith('> ')) && text.includes('\n', place);
};

import type { AnswerBodies, AnswerName } from '../../../api/answerBodies.ts';
import { CeleriacError } from '../../../api/errors.ts';
import { isRecord } from '../../../celery/isRecord.ts';
import { parseJson } from '../../../celery/parseJson.ts';
import { pause } from '../../../waits/pause.ts';
import type { CommandContext } from '../context.ts';
import { Interrupted } from '../interruption.ts';
import { UsageError } from '../usageError.ts';
import { askHttp, type HttpReply } from './askHttp.ts';
import { readToken } from './readToken.ts';
import { schemaDefect } from './schemaDefect.ts';

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A `celeriac serve` that is asked in place of the broker. */
export interface Remote {
  /** As it was typed, for sentences. */
  readonly name: string;
  get<N extends AnswerName>(body: N, path: string, query?: Query): Promise<AnswerBodies[N]>;
  /** Null: what was asked for is not there. */
  find<N extends AnswerName>(body: N, path: string, query?: Query): Promise<AnswerBodies[N] | null>;
  /** At the pace that the server allows. */
  post<N extends AnswerName>(body: N, path: string, sent: object, waitMs: number): Promise<AnswerBodies[N]>;
}

const usualWaitMs = 20_000;
/** A server that wants a longer pause does not mean the pace. */
const longestPauseSeconds = 10;

/** The server that --server names. Its answers are checked by the schemas of the API, so that they can be trusted like our own. */
export const remoteOf = async (context: CommandContext): Promise<Remote> => {
  const { options, interruption, terminal } = context;
  const base = baseOf(options.server ?? '');
  if (options.broker !== undefined)
    throw new UsageError('Name the broker or the server: --broker and --server exclude each other.');
  const { token, source } = readToken(context);
  if (token !== null) terminal.outlet.hide(token);
  const ask = async (method: 'GET' | 'POST', path: string, more: { query?: Query; body?: object; waitMs?: number }) => {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(more.query ?? {}))
      for (const each of value === undefined ? [] : [value].flat()) url.searchParams.append(name, String(each));
    const { body, waitMs = usualWaitMs } = more;
    const question = { url, method, token, timeoutMs: waitMs, signal: interruption, ...(body ? { body } : {}) };
    try {
      return await askHttp(question);
    } catch (error) {
      throw interruption.aborted ? new Interrupted() : error;
    }
  };
  const decode = async <N extends AnswerName>(name: N, reply: HttpReply): Promise<AnswerBodies[N]> => {
    const value = parseJson(reply.text);
    if (reply.status >= 300 && !(reply.status === 503 && name === 'Health'))
      throw refusal(reply, value, { base, source: token === null ? null : source });
    const { default: schemas } = await import('../../../api/answerSchemas.json', { with: { type: 'json' } });
    const defect = schemaDefect(value, name, schemas);
    if (defect !== null) throw otherVersion(reply, base, defect);
    return value as AnswerBodies[N];
  };
  return {
    name: base.href.replace(/\/$/, ''),
    get: async (name, path, query = {}) => decode(name, await ask('GET', path, { query })),
    find: async (name, path, query = {}) => {
      const reply = await ask('GET', path, { query });
      return reply.status === 404 && reply.version !== null ? null : decode(name, reply);
    },
    post: async (name, path, body, waitMs) => {
      for (;;) {
        const reply = await ask('POST', path, { body, waitMs: waitMs + usualWaitMs });
        const { retryAfterSeconds } = reply;
        if (reply.status !== 429 || retryAfterSeconds === null || retryAfterSeconds > longestPauseSeconds)
          return decode(name, reply);
        await pause(retryAfterSeconds * 1_000, interruption);
        if (interruption.aborted) throw new Interrupted();
      }
    },
  };
};

/** A path in front, as proxies add it, stays. */
const baseOf = (typed: string): URL => {
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--server takes no user and password. Put the token into CELERIAC_TOKEN or a --token-file.');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.search = '';
  url.hash = '';
  return url;
};

interface Asked {
  readonly base: URL;
  /** Where the token came from that was shown; null: none was. */
  readonly source: string | null;
}

const refusal = (reply: HttpReply, value: unknown, { base, source }: Asked): CeleriacError => {
  const { status } = reply;
  const detail = isRecord(value) && typeof value['detail'] === 'string' ? value['detail'] : null;
  if (status === 401)
    return new CeleriacError(
      'readOnly',
      source === null
        ? `The server at ${base.origin} requires a token. Set CELERIAC_TOKEN, or name a file with --token-file.`
        : `The server at ${base.origin} does not accept the token in ${source}.`,
    );
  if (status >= 300 && status < 400)
    return new CeleriacError(
      'notFound',
      `${base.origin} redirects to ${reply.location ?? 'another address'}. Name that address with --server.`,
    );
  if (detail === null || status === 404) return otherVersion(reply, base, null);
  return new CeleriacError(
    status === 403 ? 'readOnly' : 'brokerUnreachable',
    `The server at ${base.origin} refused: ${detail}`,
  );
};

const otherVersion = ({ version, status }: HttpReply, base: URL, defect: string | null): CeleriacError => {
  const what = defect === null ? `it answers ${status}` : defect;
  return new CeleriacError(
    'unsupported',
    version === null
      ? `${base.href} is no celeriac server that this command line can ask: ${what}. An older version must be updated; behind a proxy, include the path in --server.`
      : `The server at ${base.origin} is celeriac ${version} and does not know this question: ${what}. Use the same version of celeriac on both sides.`,
  );
};

import type { ServerResponse } from 'node:http';
import type { AnswerBodies, AnswerName } from '../../api/answerBodies.ts';
import { CeleriacError, type ErrorCode, toErrorData } from '../../api/errors.ts';

/**
 * `json`: what the engine knows, covered as it is written. A mere text is our own: a page, a script; `lines` are made while
 * they are written, as metrics are.
 */
export type Body = string | { readonly json: object } | { readonly lines: Iterable<string> };

export interface WholeAnswer {
  readonly kind: 'whole';
  readonly status: number;
  readonly contentType: string;
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request is answered with; `stream` takes over the response, which stays open. */
export type Answer = WholeAnswer | { readonly kind: 'stream'; readonly open: (response: ServerResponse) => void };

export const json = (value: object, status = 200): WholeAnswer => ({
  kind: 'whole',
  status,
  contentType: 'application/json; charset=utf-8',
  body: { json: value },
});

export const text = (
  body: string | { readonly lines: Iterable<string> },
  status = 200,
  contentType = 'text/plain; charset=utf-8',
): Answer => ({
  kind: 'whole',
  status,
  contentType,
  body,
});

/** A body that the description has a schema of, which the answer names. */
export const answer = <N extends AnswerName>(name: N, value: AnswerBodies[N], status = 200): Answer => ({
  ...json(value, status),
  headers: { link: `</api/v1/openapi.json#/components/schemas/${name}>; rel="describedby"` },
});

/** RFC 9457. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): WholeAnswer => ({
  kind: 'whole',
  status,
  contentType: 'application/problem+json; charset=utf-8',
  body: { json: { type: 'about:blank', title: titles[status] ?? 'Error', status, code, detail } },
  headers,
});

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const statusOf: Readonly<Record<ErrorCode, number>> = {
  badRequest: 400,
  brokerAuth: 503,
  brokerMissing: 503,
  brokerPermission: 503,
  brokerProtocol: 503,
  brokerTls: 503,
  brokerUnreachable: 503,
  cancelled: 503,
  internal: 500,
  notFound: 404,
  readOnly: 403,
  timeout: 504,
  unsupported: 400,
};

export const problemOf = (error: unknown): Answer => {
  const { code, sentence } = toErrorData(error);
  if (!(error instanceof CeleriacError))
    return problem(500, 'internal', 'Internal error in celeriac. See its log for details.');
  return problem(statusOf[code], code, sentence);
};

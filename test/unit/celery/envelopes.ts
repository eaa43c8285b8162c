import { decodeDelivery } from '../../../server/celery/decodeDelivery.ts';
import type { DecodeProblem } from '../../../server/celery/decodeProblem.ts';
import type { CeleryEvent } from '../../../server/celery/event.ts';

export interface EnvelopeParts {
  readonly body?: string | Buffer;
  readonly contentType?: string;
  readonly compression?: string;
  /** Default: base64. */
  readonly bodyEncoding?: string | null;
}

/** An envelope of kombu's virtual transports, as Redis and the filesystem carry it. */
export const envelope = (parts: EnvelopeParts): Buffer => {
  const { body = '{}', contentType = 'application/json', compression, bodyEncoding = 'base64' } = parts;
  const text = bodyEncoding === 'base64' ? Buffer.from(body).toString('base64') : body.toString();
  return Buffer.from(
    JSON.stringify({
      body: text,
      'content-encoding': 'utf-8',
      'content-type': contentType,
      headers: { hostname: 'celery@a', ...(compression === undefined ? {} : { compression }) },
      properties: {
        delivery_mode: 1,
        ...(bodyEncoding === null ? {} : { body_encoding: bodyEncoding }),
        delivery_tag: 'x',
      },
    }),
  );
};

export interface Decoded {
  readonly events: readonly CeleryEvent[];
  readonly problem: DecodeProblem | null;
}

export const decode = (bytes: Buffer | string): Decoded => {
  const events: CeleryEvent[] = [];
  const problem = decodeDelivery({ kind: 'envelope', bytes: Buffer.from(bytes) }, (event) => events.push(event));
  return { events, problem };
};

export const decodeMessage = (
  body: Buffer | string,
  contentType = 'application/json',
  compression: string | null = null,
): Decoded => {
  const events: CeleryEvent[] = [];
  const problem = decodeDelivery(
    { kind: 'message', body: Buffer.from(body), contentType, contentEncoding: 'utf-8', compression },
    (event) => events.push(event),
  );
  return { events, problem };
};

/** Problems as reason → count. */
export const reasonsOf = (problem: DecodeProblem | null): Record<string, number> => {
  const reasons: Record<string, number> = {};
  for (let at = problem; at !== null; at = at.next) reasons[at.reason] = at.count;
  return reasons;
};

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, problem } from './answer.ts';

/** Who may ask. */
export interface AccessRules {
  /** Names under which the server may be addressed; other `Host` headers are a page that a browser was lured to. */
  readonly hosts: readonly string[];
  /** What a client has to show as `Authorization: Bearer …`; null: none is asked for. */
  readonly token: string | null;
  /** A header that a proxy in front sets for whoever it has let in; its value is not looked at. Null: none is trusted. */
  readonly trustedHeader: string | null;
}

/** Why a request is turned away; null: it may pass. */
export const refusal = (headers: IncomingHttpHeaders, rules: AccessRules, isOpen: boolean): Answer | null => {
  const host = hostNameOf(headers.host ?? '');
  if (!rules.hosts.includes('*') && !rules.hosts.includes(host))
    return problem(403, 'badHost', `This server does not answer to the name "${host}". Allow it with --allowed-host.`);
  const { origin } = headers;
  if (origin !== undefined && !isSameOrigin(origin, headers.host ?? ''))
    return problem(403, 'badOrigin', `Pages of ${origin} may not ask this server.`);
  if (isOpen || isKnown(headers, rules)) return null;
  return problem(401, 'noToken', 'This server asks for its token: send it as "Authorization: Bearer TOKEN".', {
    'www-authenticate': 'Bearer realm="celeriac"',
  });
};

const isKnown = (headers: IncomingHttpHeaders, { token, trustedHeader }: AccessRules): boolean => {
  if (token === null && trustedHeader === null) return true;
  if (trustedHeader !== null && headers[trustedHeader.toLowerCase()]) return true;
  const shown = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? cookieIn(headers.cookie ?? '');
  return token !== null && shown !== undefined && (isEqual(shown, token) || isToken(shown, token));
};

/** A page in a browser cannot send a header of its own with everything it asks; it shows the token as a cookie. */
export const tokenCookie = 'celeriac-token';

const cookieIn = (cookies: string): string | undefined =>
  cookies
    .split('; ')
    .find((each) => each.startsWith(`${tokenCookie}=`))
    ?.slice(tokenCookie.length + 1);

export const isToken = (shown: string, token: string): boolean => isEqual(shown, encodeURIComponent(token));

/** Takes as long for a wrong token as for the right one. */
const isEqual = (shown: string, token: string): boolean => timingSafeEqual(digest(shown), digest(token));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const hostNameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** A browser tells where a page comes from; only our own page may ask. */
const isSameOrigin = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host.toLowerCase() === host.toLowerCase();

/** Whether an address can only be reached from this machine. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || address === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(address);

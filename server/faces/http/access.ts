import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { problem, type WholeAnswer } from './answer.ts';

/** Who may ask. */
export interface AccessRules {
  /** Names under which the server may be addressed; other `Host` headers are a page that a browser was lured to. */
  readonly hosts: readonly string[];
  /** What a client has to show as `Authorization: Bearer …`; null: none is asked for. */
  readonly token: string | null;
  /** A header that a proxy in front sets for whoever it has let in; its value is their name. Null: none is trusted. */
  readonly trustedHeader: string | null;
}

/** What of a request the rules look at. */
export interface AskedFor {
  readonly headers: IncomingHttpHeaders;
  /** Whether it came from a proxy whose header is believed. */
  readonly isVouchedFor: boolean;
  readonly isOpen: boolean;
  /** Whether people open it in a browser, also by a link on another page. */
  readonly isShell: boolean;
}

export type Access =
  | { readonly kind: 'allowed'; readonly person: string | null }
  | { readonly kind: 'refused'; readonly answer: WholeAnswer }
  /** `shown`: a token that is not ours; null: none was shown. */
  | { readonly kind: 'unknown'; readonly shown: string | null };

export const judge = (asked: AskedFor, rules: AccessRules): Access => {
  const { headers } = asked;
  const host = hostNameOf(headers.host ?? '');
  if (!rules.hosts.includes('*') && !rules.hosts.includes(host))
    return refused('badHost', `This server does not accept the host name "${host}". Allow it with --allowed-host.`);
  const { origin } = headers;
  if (origin !== undefined && !isSameOrigin(origin, headers.host ?? ''))
    return refused('badOrigin', `Requests from pages of ${origin} are not allowed.`);
  if (isOfAnotherSite(asked)) return refused('badOrigin', 'Requests from pages of other sites are not allowed.');
  const person = personIn(asked, rules);
  if (asked.isOpen || person !== null || (rules.token === null && rules.trustedHeader === null))
    return { kind: 'allowed', person };
  const shown = tokenIn(headers);
  if (shown !== null && rules.token !== null && (isEqual(shown, rules.token) || isToken(shown, rules.token)))
    return { kind: 'allowed', person };
  return { kind: 'unknown', shown };
};

export const noToken = problem(401, 'noToken', 'A token is required: send "Authorization: Bearer TOKEN".', {
  'www-authenticate': 'Bearer realm="celeriac"',
});

const refused = (code: string, sentence: string): Access => ({ kind: 'refused', answer: problem(403, code, sentence) });

/** Browsers say so of each request; a page of ours is opened from wherever somebody follows a link to it. */
const isOfAnotherSite = ({ headers, isShell }: AskedFor): boolean => {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  return !(isShell && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');
};

const personIn = ({ headers, isVouchedFor }: AskedFor, { trustedHeader }: AccessRules): string | null => {
  if (trustedHeader === null || !isVouchedFor) return null;
  return [headers[trustedHeader.toLowerCase()]].flat().find(Boolean) ?? null;
};

/** A page in a browser cannot send a header of its own with everything it asks; it shows the token as a cookie. */
export const tokenCookie = 'celeriac-token';

const tokenIn = ({ authorization = '', cookie = '' }: IncomingHttpHeaders): string | null => {
  const inCookie = cookie
    .split('; ')
    .find((each) => each.startsWith(`${tokenCookie}=`))
    ?.slice(tokenCookie.length + 1);
  return /^Bearer (.+)$/.exec(authorization)?.[1] ?? inCookie ?? null;
};

const isToken = (shown: string, token: string): boolean => isEqual(shown, encodeURIComponent(token));

/** Takes as long for a wrong token as for the right one. */
export const isEqual = (shown: string, token: string): boolean => timingSafeEqual(digest(shown), digest(token));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const hostNameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** A browser tells where a page comes from; only our own page may ask. */
const isSameOrigin = (origin: string, host: string): boolean =>
  URL.canParse(origin) && new URL(origin).host.toLowerCase() === host.toLowerCase();

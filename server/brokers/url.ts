import { CeleriacError } from '../api/errors.ts';
import { phrase } from '../api/phrase.ts';
import { mask } from '../api/redaction.ts';

/** The parts of one broker URL, percent-decoded; `null` where the URL says nothing. */
export interface BrokerUrl {
  readonly scheme: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly user: string | null;
  readonly password: string | null;
  /** Without its leading slash: the database, the virtual host, or the path of a socket. */
  readonly path: string | null;
  readonly query: Readonly<Record<string, string>>;
}

/** kombu takes several URLs in one string and tries them in turn (kombu/connection.py: Connection.__init__). */
export const splitBrokerUrls = (url: string): readonly string[] =>
  url
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Reads one URL as kombu does (kombu/utils/url.py: url_to_parts), which is laxer than the URL standard. */
export const parseBrokerUrl = (url: string): BrokerUrl => {
  const { scheme, authority, path, query } = cut(url);
  const at = authority.lastIndexOf('@');
  const [user, password] = at < 0 ? ['', ''] : cutAt(authority.slice(0, at), authority.slice(0, at).indexOf(':'));
  const { host, port } = parseHost(authority.slice(at + 1), url);
  return {
    scheme,
    host: decode(host),
    port,
    user: decode(user),
    password: decode(password),
    path: decode(path.replace(/^\//, '')),
    query: parseQuery(query),
  };
};

/** The URL as people may see it: whatever could be a secret is replaced, also in a URL that cannot be read. */
export const maskBrokerUrl = (url: string): string =>
  url
    .split(/;(?=\s*[\w+.-]+:\/\/)/)
    .map(maskOne)
    .join(';');

const secretName = /pass|secret|token|credential|key_?id|access_?key/i;

/** Where a raw `/`, `?` or `#` stands before the last `@`, all of that may be a password. */
const maskOne = (url: string): string => {
  const start = url.indexOf('://') + 3;
  const at = url.lastIndexOf('@');
  if (start < 3) return at < 0 ? url : `${mask}${url.slice(at)}`;
  const login = at < start ? '' : url.slice(start, at);
  const [user] = cutAt(login, login.indexOf(':'));
  const shown = login.includes(':') ? `${user}:${mask}` : login;
  const [address, query] = cutAt(url.slice(Math.max(at, start)), url.slice(Math.max(at, start)).indexOf('?'));
  return `${url.slice(0, start)}${shown}${address}${query === '' ? '' : `?${maskQuery(query)}`}`;
};

const maskQuery = (query: string): string =>
  query
    .split('&')
    .map((pair) => {
      const [name] = cutAt(pair, pair.indexOf('='));
      return secretName.test(name) ? `${name}=${mask}` : pair;
    })
    .join('&');

const cut = (url: string) => {
  const mark = url.indexOf('://');
  if (mark < 1) throw new CeleriacError('badRequest', phrase('url.noScheme', { url: maskOne(url) }));
  const [beforeHash] = cutAt(url.slice(mark + 3), url.slice(mark + 3).indexOf('#'));
  const [address, query] = cutAt(beforeHash, beforeHash.indexOf('?'));
  const slash = address.indexOf('/');
  return {
    scheme: url.slice(0, mark),
    authority: slash < 0 ? address : address.slice(0, slash),
    path: slash < 0 ? '' : address.slice(slash),
    query,
  };
};

const parseHost = (text: string, url: string): { host: string; port: number | null } => {
  const match = /^(?:\[(?<ipv6>[^\]]*)\]|(?<name>[^:]*))(?::(?<port>\d*))?$/.exec(text);
  const port = match?.groups?.['port'] ? Number(match.groups['port']) : null;
  if (port !== null && (port < 1 || port > 65_535))
    throw new CeleriacError('badRequest', phrase('url.badPort', { port: String(port), url: maskOne(url) }));
  if (!match) {
    throw new CeleriacError('badRequest', phrase('url.badHost', { url: maskOne(url) }));
  }
  return { host: (match.groups?.['ipv6'] ?? match.groups?.['name'] ?? '').toLowerCase(), port };
};

const parseQuery = (query: string): Record<string, string> => Object.fromEntries(new URLSearchParams(query));

/** Python's `unquote` leaves alone what is no escape; JavaScript's throws. */
const decode = (text: string): string | null => {
  if (text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The text before and after the separator at `index`; all of it before when there is none. */
const cutAt = (text: string, index: number): [string, string] =>
  index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];

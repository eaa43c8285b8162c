import { isPlaceholder, mapTexts, writePlaceholder } from './placeholder.ts';
import type { ConnectionSetting } from './resolveConnection.ts';

/** By the name of the place a secret was taken from; the placeholder there says the same name. */
export type Secrets = Readonly<Record<string, string>>;

const secretName = /pass|secret|token|credential|access_?key|key_?id/i;

/** Takes every secret out of an entry that a person wrote or pasted, and leaves placeholders where they stood. */
export const takeSecrets = (
  setting: ConnectionSetting,
): { readonly setting: ConnectionSetting; readonly secrets: Secrets } => {
  const secrets: Record<string, string> = {};
  const put = (name: string, secret: string): string => {
    if (secret === '' || isPlaceholder(secret)) return secret;
    const free = secrets[name] === undefined || secrets[name] === secret ? name : freeName(name, secrets);
    secrets[free] = secret;
    return writePlaceholder({ source: 'secret', name: free });
  };
  const without = mapTexts(setting, (text, path) => {
    const place = path.join('.');
    const key = path.at(-1) ?? '';
    if (place === 'name' || place.startsWith('folders') || place.startsWith('tls')) return text;
    if (text.includes('://'))
      return takeFromUrls(text, (name, secret) => put(name ? `${place}.${name}` : place, secret));
    return path.length > 1 && secretName.test(key) ? put(place, text) : text;
  });
  return { setting: without as ConnectionSetting, secrets };
};

/** Whether a secret stands where everybody can read it. */
export const holdsSecret = (value: unknown, key: string): boolean =>
  Object.keys(takeSecrets({ [key]: value }).secrets).length > 0;

const freeName = (name: string, taken: Secrets): string => {
  let number = 2;
  while (taken[`${name}.${number}`] !== undefined) number += 1;
  return `${name}.${number}`;
};

type Take = (name: string, secret: string) => string;

/** kombu takes several URLs in one text. */
const takeFromUrls = (text: string, take: Take): string =>
  text
    .split(/;(?=\s*[\w+.-]+:\/\/)/)
    .map((url) => takeFromUrl(url, take))
    .join(';');

const takeFromUrl = (url: string, take: Take): string => {
  const mark = url.indexOf('://') + 3;
  if (mark < 3) return url;
  const { login, rest } = cutLogin(url.slice(mark));
  const colon = login?.indexOf(':') ?? -1;
  const shown =
    login === null
      ? ''
      : colon < 0
        ? `${login}@`
        : `${login.slice(0, colon)}:${takePart(login.slice(colon + 1), '', take)}@`;
  const question = rest.indexOf('?');
  if (question < 0) return `${url.slice(0, mark)}${shown}${rest}`;
  return `${url.slice(0, mark)}${shown}${rest.slice(0, question)}?${takeFromQuery(rest.slice(question + 1), take)}`;
};

/**
 * The login ends at the last `@` of the authority. People also paste passwords with a raw `/`, `?` or `#`: then the
 * authority has no `@`, and what looks like a port is none.
 */
const cutLogin = (text: string): { readonly login: string | null; readonly rest: string } => {
  const end = text.search(/[/?#]/);
  const authority = end < 0 ? text : text.slice(0, end);
  const within = authority.lastIndexOf('@');
  if (within >= 0) return { login: text.slice(0, within), rest: text.slice(within + 1) };
  const later = text.lastIndexOf('@');
  const isRaw = later >= 0 && /:(?!\d*$)/.test(authority);
  return isRaw ? { login: text.slice(0, later), rest: text.slice(later + 1) } : { login: null, rest: text };
};

const takeFromQuery = (query: string, take: Take): string =>
  query
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals);
      if (equals < 0 || !secretName.test(name)) return pair;
      return `${name}=${takePart(pair.slice(equals + 1), name, take)}`;
    })
    .join('&');

/** In a URL a secret is percent-encoded; it is kept as it is meant. */
const takePart = (text: string, name: string, take: Take): string =>
  isPlaceholder(text) ? text : take(name, decode(text));

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

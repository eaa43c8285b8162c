import { type Placeholder, placeholdersIn } from '../placeholder.ts';

/** What stands where the URL's password belongs; null: nothing does. */
export const passwordIn = (url: string): Placeholder | null => {
  const login = /^[\w+.-]+:\/\/([^/?#]*)@/.exec(firstOf(url))?.[1] ?? '';
  const colon = login.indexOf(':');
  return colon < 0 ? null : (placeholdersIn(login.slice(colon + 1))[0] ?? null);
};

/** The URL with another password, or, with null, without one. Alternatives in the same text get the same. */
export const withPassword = (url: string, placeholder: string | null): string =>
  url
    .split(/;(?=\s*[\w+.-]+:\/\/)/)
    .map((each) => changeOne(each, placeholder))
    .join(';');

const firstOf = (url: string): string => url.split(/;(?=\s*[\w+.-]+:\/\/)/)[0]?.trim() ?? '';

const changeOne = (url: string, placeholder: string | null): string => {
  const match = /^(\s*[\w+.-]+:\/\/)(?:([^/?#]*)@)?([^@]*)$/.exec(url);
  if (!match) return url;
  const [, scheme = '', login = '', rest = ''] = match;
  const colon = login.indexOf(':');
  const user = colon < 0 ? login : login.slice(0, colon);
  if (placeholder === null) return `${scheme}${user === '' ? '' : `${user}@`}${rest}`;
  return `${scheme}${user}:${placeholder}@${rest}`;
};

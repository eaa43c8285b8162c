import type { ConnectionConfig } from '../api/model.ts';
import { parseBrokerUrl, splitBrokerUrls } from './url.ts';

type Named = Pick<ConnectionConfig, 'url' | 'transportOptions' | 'resultBackend'>;

/** What of a connection must never be read anywhere: whatever a library says in its errors, these are left out. */
export const secretsOf = ({ url, resultBackend, transportOptions }: Named): readonly string[] => [
  ...[url, resultBackend ?? ''].flatMap(splitBrokerUrls).flatMap(passwordsOf),
  ...passwordsIn(transportOptions),
];

/** A URL that cannot be read is refused elsewhere, with its login masked. */
const passwordsOf = (url: string): readonly string[] => {
  try {
    const { password, query } = parseBrokerUrl(url);
    return [...(password === null ? [] : [password]), ...passwordsIn(query)];
  } catch {
    return [];
  }
};

const passwordsIn = (options: object): readonly string[] =>
  Object.entries(options).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return /pass|secret|token/i.test(name) ? [value] : [];
    return typeof value === 'object' && value !== null ? passwordsIn(value) : [];
  });

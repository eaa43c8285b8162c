import { basename } from 'node:path';
import type { FoundBroker } from '../api/discovery.ts';
import { maskBrokerUrl, parseBrokerUrl, splitBrokerUrls } from '../brokers/url.ts';
import type { Candidate } from './candidate.ts';
import type { Container } from './containers.ts';

interface Reachable extends Candidate {
  readonly hint: string | null;
  readonly key: string;
}

/** One broker for each server and virtual host or database, with all the places that name it. */
export const mergeBrokers = (
  candidates: readonly Candidate[],
  containers: ReadonlyMap<string, Container>,
  root: string,
): FoundBroker[] => {
  const byKey = new Map<string, Reachable>();
  for (const candidate of candidates.flatMap((each) => reachable(each, containers))) {
    const before = byKey.get(candidate.key);
    byKey.set(candidate.key, before ? united(before, candidate, root) : candidate);
  }
  const used = new Set<string>();
  return [...byKey.values()]
    .filter((each) => !isCovered(each, [...byKey.values()]))
    .toSorted((a, b) => rank(a, root) - rank(b, root))
    .map((each) => found(each, unique(`${basename(root) || 'project'}-${kindOf(each.url)}`, used)));
};

const found = (
  { url, resultBackend, transportOptions, sources, certainty, hint }: Reachable,
  name: string,
): FoundBroker => ({
  name,
  url,
  maskedUrl: maskBrokerUrl(url),
  hasPassword: splitBrokerUrls(url).some((each) => parseBrokerUrl(each).password !== null),
  transportOptions,
  resultBackend,
  sources,
  certainty,
  hint,
});

/** A host that only containers know also gets the port that this machine has for it. */
const reachable = (candidate: Candidate, containers: ReadonlyMap<string, Container>): Reachable[] => {
  const key = keyOf(candidate.url, candidate.transportOptions);
  if (key === null) return [];
  const container = containers.get(hostOf(candidate.url) ?? '');
  if (!container) return [{ ...candidate, key, hint: null }];
  const { service, compose } = container;
  const inside = {
    ...candidate,
    key,
    hint: `The host "${service.name}" is known only to the containers of ${compose}.`,
  };
  const url = throughPort(candidate.url, container);
  const outside = url === null ? null : keyOf(url, candidate.transportOptions);
  if (url === null || outside === null) return [inside];
  const resultBackend =
    candidate.resultBackend && (throughPort(candidate.resultBackend, container) ?? candidate.resultBackend);
  const hint = `Through the port that ${compose} publishes for "${service.name}".`;
  return [
    { ...candidate, url, resultBackend, sources: [...candidate.sources, container.source], key: outside, hint },
    inside,
  ];
};

/** The URL with the host `localhost` and the published port; null: that port is not published. */
const throughPort = (url: string, container: Container): string | null => {
  const host = hostOf(url);
  if (host === null || url.includes(';')) return null;
  const { port, scheme } = parseBrokerUrl(url);
  const inner = port ?? defaultPort(scheme);
  const outer = container.published.get(inner);
  if (outer === undefined) return null;
  const start = url.lastIndexOf('@') < 0 ? url.indexOf('://') + 3 : url.lastIndexOf('@') + 1;
  return `${url.slice(0, start)}localhost:${outer}${url.slice(start).replace(/^[^/?#]*/, '')}`;
};

const hostOf = (url: string): string | null => {
  try {
    return parseBrokerUrl(splitBrokerUrls(url)[0] ?? url).host;
  } catch {
    return null;
  }
};

const defaultPort = (scheme: string): number => {
  if (/^(?:redis|valkey)/.test(scheme)) return 6379;
  return scheme === 'amqps' ? 5671 : 5672;
};

const kindOf = (url: string): string => {
  const scheme = url.slice(0, url.indexOf('://')).toLowerCase();
  if (scheme.includes('amqp')) return 'rabbitmq';
  return /^(?:redis|valkey|sentinel)/.test(scheme) ? 'redis' : scheme;
};

/** Null: no broker could be made of it. */
const keyOf = (url: string, options: Readonly<Record<string, unknown>>): string | null => {
  try {
    const keys = splitBrokerUrls(url).map((each) => {
      const { scheme, host, port, path } = parseBrokerUrl(each);
      const kind = kindOf(each);
      if (kind === 'filesystem') return `filesystem ${options['data_folder_in'] ?? path ?? ''}`;
      const place = kind === 'redis' ? (path ?? '0') : (path ?? '/');
      const isTls = /^(?:rediss|amqps|valkeys)/.test(scheme);
      return `${kind}${isTls ? ' tls' : ''} ${localName(host)}:${port ?? defaultPort(scheme)}/${place}`;
    });
    return keys.join(';');
  } catch {
    return null;
  }
};

const localName = (host: string | null): string =>
  host === null || /^(?:127\.0\.0\.1|0\.0\.0\.0|::1)$/.test(host) ? 'localhost' : host;

/** The better one of two goes first, and takes what only the other knows. */
const united = (a: Reachable, b: Reachable, root: string): Reachable => {
  const [rankOfA, rankOfB] = [rank(a, root), rank(b, root)];
  const hasLogin = (url: string): boolean => /:\/\/[^/]*@/.test(url);
  const [first, second] =
    rankOfA < rankOfB || (rankOfA === rankOfB && (hasLogin(a.url) || !hasLogin(b.url))) ? [a, b] : [b, a];
  const sources = [...first.sources, ...second.sources];
  const isNew = (each: (typeof sources)[number], index: number): boolean =>
    sources.findIndex(({ file, line }) => file === each.file && line === each.line) === index;
  return {
    ...first,
    url: hasLogin(second.url) && !hasLogin(first.url) ? second.url : first.url,
    resultBackend: first.resultBackend ?? second.resultBackend,
    transportOptions: { ...second.transportOptions, ...first.transportOptions },
    sources: sources.filter(isNew),
    hint: first.hint && second.hint ? first.hint : null,
  };
};

/** A server without a word about Celery is not worth a line of its own when Celery's settings name the same one. */
const isCovered = (each: Reachable, all: readonly Reachable[]): boolean =>
  each.certainty === 'likely' &&
  all.some((other) => other.certainty === 'settings' && other.key.split('/')[0] === each.key.split('/')[0]);

const isExample = /example|sample|template|\btests?\b|\.dist$/i;

const rank = ({ certainty, hint, sources, url }: Reachable, root: string): number => {
  const isInside = hint?.includes('containers') === true;
  const files = sources.map(({ file }) => file?.slice(root.length) ?? '');
  const isOnlyExample = files.every((file) => isExample.test(file));
  return (
    (certainty === 'settings' ? 0 : 8) +
    (isInside ? 4 : 0) +
    (isOnlyExample ? 2 : 0) +
    (url.startsWith('filesystem') ? 1 : 0)
  );
};

const unique = (name: string, used: Set<string>): string => {
  let free = name;
  for (let count = 2; used.has(free); count++) free = `${name}-${count}`;
  used.add(free);
  return free;
};

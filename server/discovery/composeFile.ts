import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Variable } from './envFile.ts';

export interface ComposeService {
  readonly name: string;
  readonly line: number;
  readonly image: string | null;
  readonly hostname: string | null;
  readonly containerName: string | null;
  /** As written: `${PORT:-6380}:6379`, `127.0.0.1:6379:6379`. */
  readonly ports: readonly string[];
  /** As written, with references that are not filled in. */
  readonly environment: readonly Variable[];
  readonly envFiles: readonly string[];
  readonly command: { readonly text: string; readonly line: number } | null;
}

/** The library of YAML takes a second for this much of what is no YAML. */
const longestFile = 128 * 1024;

/** The services of a Compose file; none where it is not YAML. Anchors and merges are followed, nothing else is. */
export const readComposeFile = (text: string): ComposeService[] => {
  if (text.length > longestFile) return [];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', prettyErrors: false });
  const reader: Reader = { document, lineOf: (node) => lines.linePos(node?.range?.[0] ?? 0).line };
  const services = entriesOf(reader, document.contents).find(({ key }) => key === 'services')?.value;
  return entriesOf(reader, services ?? null).map(({ key, value, line }) => readService(reader, key, value, line));
};

interface Reader {
  readonly document: Document;
  readonly lineOf: (node: Node | null | undefined) => number;
}

interface Entry {
  readonly key: string;
  readonly value: Node | null;
  readonly line: number;
}

const readService = (reader: Reader, name: string, node: Node | null, line: number): ComposeService => {
  const entries = entriesOf(reader, node);
  const of = (key: string): Node | null => entries.find((each) => each.key === key)?.value ?? null;
  const command = of('command');
  return {
    name,
    line,
    image: textOf(of('image')),
    hostname: textOf(of('hostname')),
    containerName: textOf(of('container_name')),
    ports: itemsOf(reader, of('ports')).flatMap((each) => portOf(reader, each)),
    environment: environmentOf(reader, of('environment')),
    envFiles: envFilesOf(reader, of('env_file')),
    command: command && { text: itemsOf(reader, command).map(textOf).join(' '), line: reader.lineOf(command) },
  };
};

const environmentOf = (reader: Reader, node: Node | null): Variable[] => {
  if (isSeq(follow(reader, node)))
    return itemsOf(reader, node).flatMap((item) => {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(textOf(item) ?? '') ?? [];
      return name === undefined || value === undefined ? [] : [{ name, value, line: reader.lineOf(item) }];
    });
  return entriesOf(reader, node).flatMap(({ key, value, line }) => {
    const text = textOf(value);
    return text === null ? [] : [{ name: key, value: text, line }];
  });
};

const envFilesOf = (reader: Reader, node: Node | null): string[] =>
  itemsOf(reader, node).flatMap((item) => {
    const path = textOf(item) ?? textOf(entriesOf(reader, item).find(({ key }) => key === 'path')?.value ?? null);
    return path === null ? [] : [path];
  });

/** The long form (`target`, `published`) is brought into the short one. */
const portOf = (reader: Reader, node: Node): string[] => {
  const text = textOf(node);
  if (text !== null) return [text];
  const entries = entriesOf(reader, node);
  const of = (key: string): string | null => textOf(entries.find((each) => each.key === key)?.value ?? null);
  const [published, target] = [of('published'), of('target')];
  return published && target ? [`${published}:${target}`] : [];
};

/** A map's entries; those that a merge (`<<`) brings come last, so that its own go before them. */
const entriesOf = (reader: Reader, node: Node | null): Entry[] => {
  const map = follow(reader, node);
  if (!isMap(map)) return [];
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of (map as YAMLMap<Node, Node | null>).items) {
    const key = textOf(pair.key) ?? '';
    if (key !== '<<') own.push({ key, value: follow(reader, pair.value), line: reader.lineOf(pair.key) });
    else for (const each of itemsOf(reader, pair.value)) merged.push(...entriesOf(reader, each));
  }
  return [...own, ...merged];
};

const itemsOf = (reader: Reader, node: Node | null): Node[] => {
  const list = follow(reader, node);
  if (isSeq(list)) return (list.items as Node[]).map((each) => follow(reader, each) ?? each);
  return list ? [list] : [];
};

const follow = (reader: Reader, node: Node | null): Node | null =>
  isAlias(node) ? (node.resolve(reader.document) ?? null) : node;

const textOf = (node: Node | null): string | null =>
  isScalar(node) && node.value !== null && node.value !== undefined ? String(node.value) : null;

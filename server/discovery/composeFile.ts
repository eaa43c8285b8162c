import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Variable } from './envFile.ts';
import { readYaml, YamlProblem, type YamlTexts } from './readYaml.ts';

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

/** Merges may bring the same entries in again and again, and each other. */
const mostEntries = 20_000;
const deepestMerge = 32;

/** The services of a Compose file. Anchors and merges are followed, nothing else is. Throws a `YamlProblem`. */
export const readComposeFile = (text: string): ComposeService[] => {
  const yaml = readYaml(text);
  const reader: Reader = { ...yaml, entries: 0 };
  const services = entriesOf(reader, yaml.documents[0]?.contents ?? null).find(({ key }) => key === 'services')?.value;
  return entriesOf(reader, services ?? null).map(({ key, value, line }) => readService(reader, key, value, line));
};

interface Reader extends YamlTexts {
  /** How many were read. */
  entries: number;
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
  if (isSeq(reader.follow(node)))
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
const entriesOf = (reader: Reader, node: Node | null, merges = 0): Entry[] => {
  const map = reader.follow(node);
  if (!isMap(map)) return [];
  if (merges > deepestMerge) throw new YamlProblem('its merges are nested too deeply');
  const own: Entry[] = [];
  const merged: Entry[] = [];
  for (const pair of (map as YAMLMap<Node, Node | null>).items) {
    const key = textOf(pair.key) ?? '';
    if (key !== '<<') own.push({ key, value: reader.follow(pair.value), line: reader.lineOf(pair.key) });
    else for (const each of itemsOf(reader, pair.value)) merged.push(...entriesOf(reader, each, merges + 1));
    reader.entries += 1;
    if (reader.entries > mostEntries) throw new YamlProblem('its merges bring in too many entries');
  }
  return [...own, ...merged];
};

const itemsOf = (reader: Reader, node: Node | null): Node[] => {
  const list = reader.follow(node);
  if (isSeq(list)) return (list.items as Node[]).map((each) => reader.follow(each) ?? each);
  return list ? [list] : [];
};

const textOf = (node: Node | null): string | null =>
  isScalar(node) && node.value !== null && node.value !== undefined ? String(node.value) : null;

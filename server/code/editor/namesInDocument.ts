import { isMap, isScalar, isSeq, visit } from 'yaml';
import { readYaml } from '../../discovery/readYaml.ts';

/** The name of a task where a file of YAML or JSON has it. */
export interface NamedPlace {
  readonly task: string;
  readonly start: number;
  readonly end: number;
}

const scheduleKey = /^(?:celery_?)?beat_?schedule$/i;
const routesKey = /^(?:celery_?)?(?:task_?)?(?:routes|annotations)$/i;
/** Whether it is worth being parsed. */
const mayName = /beat_?schedule|routes|annotations/i;

export const mayNameTasks = (text: string): boolean => mayName.test(text);

/** The tasks that are values of beat settings or keys of routes, wherever in the document these stand. */
export const namesInDocument = (text: string): readonly NamedPlace[] => {
  if (!mayNameTasks(text)) return [];
  const found: NamedPlace[] = [];
  const add = (node: unknown): void => {
    if (!isScalar(node) || typeof node.value !== 'string' || !node.range || node.value.includes('*')) return;
    const [from, to] = node.range;
    const isQuoted = /["']/.test(text[from] ?? '');
    found.push({ task: node.value, start: from + (isQuoted ? 1 : 0), end: to - (isQuoted ? 1 : 0) });
  };
  try {
    const [document] = readYaml(text).documents;
    if (!document) return [];
    visit(document, {
      Pair(_, pair) {
        const key = isScalar(pair.key) ? String(pair.key.value) : '';
        if (scheduleKey.test(key)) for (const entry of entriesOf(pair.value)) addTask(entry, add);
        else if (routesKey.test(key)) for (const route of keysOf(pair.value)) add(route);
      },
    });
  } catch {
    // It is no YAML, or more of it than is read.
    return [];
  }
  return found;
};

const entriesOf = (value: unknown): readonly unknown[] =>
  isMap(value) ? value.items.map((each) => each.value) : isSeq(value) ? value.items : [];

const addTask = (entry: unknown, add: (node: unknown) => void): void => {
  if (!isMap(entry)) return;
  for (const pair of entry.items) if (isScalar(pair.key) && pair.key.value === 'task') add(pair.value);
};

/** Of a map, or of a list of maps and pairs. */
const keysOf = (value: unknown): readonly unknown[] => {
  if (isMap(value)) return value.items.map(({ key }) => key);
  if (!isSeq(value)) return [];
  return value.items.flatMap((item) => (isMap(item) ? keysOf(item) : isSeq(item) ? item.items.slice(0, 1) : []));
};

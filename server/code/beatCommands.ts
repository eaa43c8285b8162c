import { readYaml } from '../discovery/readYaml.ts';

/** A command that starts a beat, or a worker with one in it. */
export interface BeatCommand {
  readonly app: string;
  /** How many of it run. */
  readonly copies: number;
  readonly start: number;
  readonly end: number;
}

const locking = /redbeat/i;
const appName = /(?:-A|--app)[\s=]+(\S+)/;

/** What a Procfile, a Compose file or a manifest of Kubernetes starts. */
export const beatCommands = (path: string, text: string): readonly BeatCommand[] => {
  if (!text.includes('celery') || locking.test(text)) return [];
  return /(?:^|\/)Procfile[^/]*$/.test(path) ? inProcfile(text) : inYaml(text);
};

const commandIn = (words: unknown): string | null => {
  const command = Array.isArray(words) ? words.map(String).join(' ') : typeof words === 'string' ? words : '';
  return command.replaceAll('\\\n', ' ').split('\n').some(startsBeat) ? command : null;
};

/** Looked for one after the other: one expression for all of it would go back over the line again and again. */
const startsBeat = (line: string): boolean => {
  const options = from(line, /\bcelery\b/);
  return /\sbeat\b/.test(options) || /\s(?:-B|--beat)(?:\s|$)/.test(from(options, /\sworker\b/));
};

/** What stands from the first match on. */
const from = (text: string, what: RegExp): string => {
  const at = text.search(what);
  return at < 0 ? '' : text.slice(at);
};

const inProcfile = (text: string): BeatCommand[] => {
  const found: BeatCommand[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const command = line.startsWith('#') ? null : commandIn(line);
    if (command !== null) found.push({ app: appOf(command), copies: 1, start, end: start + line.length });
    start += line.length + 1;
  }
  return found;
};

const appOf = (command: string): string => appName.exec(command)?.[1] ?? '';

const inYaml = (text: string): BeatCommand[] =>
  text
    .split(/^---/m)
    .filter((part) => part.includes('celery'))
    .flatMap((part) => {
      const value = readValue(part);
      return [...services(value, text), ...workload(value, text)];
    });

/** Null where it is no YAML, or more of it than is read. */
const readValue = (text: string): unknown => {
  try {
    return readYaml(text).documents[0]?.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
};

const services = (value: unknown, text: string): BeatCommand[] =>
  Object.entries(recordOf(recordOf(value)['services'])).flatMap(([name, service]) => {
    const own = recordOf(service);
    const command = commandIn([own['entrypoint'], own['command']].flat().filter(Boolean));
    if (command === null) return [];
    const replicas = recordOf(own['deploy'])['replicas'] ?? own['scale'] ?? 1;
    return [{ app: appOf(command), copies: typeof replicas === 'number' ? replicas : 1, ...placeOf(text, name) }];
  });

/** A Deployment, a StatefulSet or a ReplicaSet. */
const workload = (value: unknown, text: string): BeatCommand[] => {
  const spec = recordOf(recordOf(value)['spec']);
  const containers = recordOf(recordOf(spec['template'])['spec'])['containers'];
  if (!Array.isArray(containers)) return [];
  const name = recordOf(recordOf(value)['metadata'])['name'];
  return containers.flatMap((container) => {
    const own = recordOf(container);
    const command = commandIn([own['command'], own['args']].flat().filter(Boolean));
    if (command === null) return [];
    const { replicas } = spec as { readonly replicas?: unknown };
    return [
      {
        app: appOf(command),
        copies: typeof replicas === 'number' ? replicas : 1,
        ...placeOf(text, String(name ?? '')),
      },
    ];
  });
};

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};

/** Where a service or a workload is named. */
const placeOf = (text: string, name: string): { readonly start: number; readonly end: number } => {
  for (let at = text.indexOf(name); name !== '' && at >= 0; at = text.indexOf(name, at + 1)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    const before = text.slice(lineStart, at).trim();
    const behind = text.slice(at + name.length).trimStart();
    if ((before === '' && behind.startsWith(':')) || before === 'name:') return { start: at, end: at + name.length };
  }
  return { start: 0, end: 0 };
};

import { basename } from 'node:path/posix';
import type { BrokerSource } from '../api/discovery.ts';
import type { Candidate } from './candidate.ts';
import type { ComposeService } from './composeFile.ts';
import { composeVariables } from './environments.ts';
import { interpolate } from './interpolate.ts';
import type { ProjectFiles } from './projectFiles.ts';

/** A service of Compose as it is seen from outside. */
export interface Container {
  readonly service: ComposeService;
  /** The name of the Compose file. */
  readonly compose: string;
  readonly source: BrokerSource;
  /** Its port → the port of this machine. */
  readonly published: ReadonlyMap<number, number>;
  /** An environment variable with its references filled in. */
  readonly variable: (name: string) => string | null;
}

/** Services by every name that other containers call them by. */
export const containersOf = (project: ProjectFiles): Map<string, Container> => {
  const containers = new Map<string, Container>();
  for (const { file, has } of project.composes) {
    const known = composeVariables(project, file);
    for (const service of has) {
      const container: Container = {
        service,
        compose: basename(file.replaceAll('\\', '/')),
        source: { file, line: service.line, what: `service ${service.name}` },
        published: new Map(service.ports.flatMap((each) => publishedPort(interpolate(each, known)))),
        variable: (name) => {
          const written = service.environment.find((each) => each.name === name)?.value;
          return written === undefined ? null : interpolate(written, known);
        },
      };
      for (const name of [service.name, service.hostname, service.containerName]) {
        if (name === null) continue;
        const before = containers.get(name.toLowerCase());
        if (!before || before.published.size === 0) containers.set(name.toLowerCase(), container);
      }
    }
  }
  return containers;
};

/** `6380:6379`, `127.0.0.1:6380:6379/tcp`; a port without a fixed one on this machine is of no use. */
const publishedPort = (written: string | null): (readonly [number, number])[] => {
  const [, outer, inner] = /(?:^|:)(\d+):(\d+)(?:\/tcp)?$/.exec(written ?? '') ?? [];
  return outer === undefined || inner === undefined ? [] : [[Number(inner), Number(outer)]];
};

/** Servers that Compose starts and that can be reached, whether or not anything says that Celery uses them. */
export const serverContainers = (containers: ReadonlyMap<string, Container>): Candidate[] =>
  [...new Set(containers.values())].flatMap((container) => {
    const url = urlOf(container);
    return url === null
      ? []
      : [{ url, resultBackend: null, transportOptions: {}, sources: [container.source], certainty: 'likely' as const }];
  });

const urlOf = ({ service, published, variable }: Container): string | null => {
  const image = service.image?.split('/').at(-1) ?? '';
  if (/^(?:redis|valkey|keydb|dragonfly)\b/.test(image)) {
    const port = published.get(6379);
    const password = /--requirepass\s+["']?([^\s"'$]+)/.exec(service.command?.text ?? '')?.[1];
    return port ? `redis://${password ? `:${encodeURIComponent(password)}@` : ''}localhost:${port}/0` : null;
  }
  const port = /^rabbitmq\b/.test(image) ? published.get(5672) : undefined;
  if (!port) return null;
  const user = variable('RABBITMQ_DEFAULT_USER') ?? 'guest';
  const password = variable('RABBITMQ_DEFAULT_PASS') ?? 'guest';
  const vhost = variable('RABBITMQ_DEFAULT_VHOST') ?? '/';
  return `amqp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost:${port}/${encodeURIComponent(vhost).replace('%2F', '/')}`;
};

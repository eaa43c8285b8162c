import { dirname, join } from 'node:path/posix';
import type { BrokerSource } from '../api/discovery.ts';
import type { ComposeService } from './composeFile.ts';
import type { Variable } from './envFile.ts';
import { interpolate } from './interpolate.ts';
import type { ProjectFiles } from './projectFiles.ts';

/** One set of variables under which the project's code may run. */
export interface Environment {
  readonly variables: ReadonlyMap<string, { readonly value: string; readonly source: BrokerSource }>;
}

/** The variables of every `.env` file, of every service of Compose, and of the process; and none at all. */
export const environmentsOf = (project: ProjectFiles): Environment[] => [
  ...project.environments.map(({ file, has }) => environment(file, has)),
  ...project.composes.flatMap(({ file, has }) => has.map((service) => serviceEnvironment(project, file, service))),
  processEnvironment(project.process),
  { variables: new Map() },
];

const environment = (file: string, variables: readonly Variable[]): Environment => ({
  variables: new Map(
    variables.map(({ name, value, line }) => [name, { value, source: { file, line, what: name } }] as const),
  ),
});

const serviceEnvironment = (project: ProjectFiles, file: string, service: ComposeService): Environment => {
  const known = composeVariables(project, file);
  const own = service.environment.flatMap((each) => {
    const value = interpolate(each.value, known);
    return value === null ? [] : [{ ...each, value }];
  });
  const files = service.envFiles.map((path) => normal(join(dirname(slashed(file)), path)));
  const included = project.environments.filter((each) => files.includes(normal(slashed(each.file))));
  return {
    variables: new Map([
      ...included.flatMap((each) => [...environment(each.file, each.has).variables]),
      ...[...environment(file, own).variables].map(
        ([name, { value, source }]) =>
          [name, { value, source: { ...source, what: `${name} of service ${service.name}` } }] as const,
      ),
    ]),
  };
};

/** Compose fills references in from the `.env` beside its file, and from the process. */
export const composeVariables = (project: ProjectFiles, file: string): ((name: string) => string | undefined) => {
  const beside = join(dirname(slashed(file)), '.env');
  const variables = project.environments.find((each) => slashed(each.file) === beside)?.has ?? [];
  return (name) => project.process[name] ?? variables.findLast((each) => each.name === name)?.value;
};

const processEnvironment = (process: Readonly<Record<string, string | undefined>>): Environment => ({
  variables: new Map(
    Object.entries(process).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value, source: { file: null, line: 0, what: name } }] as const],
    ),
  ),
});

const slashed = (file: string): string => file.replaceAll('\\', '/');
const normal = (file: string): string => join(file);

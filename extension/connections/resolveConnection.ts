import type { ConnectionConfig, Environment } from '../../server/api/model.ts';
import { isReadOnly, type ReadOnlyPolicy } from './readOnlyPolicy.ts';

/** One entry of `celeriac.connections`, as a person wrote it: nothing about it is certain. */
export interface ConnectionSetting {
  readonly name?: unknown;
  readonly url?: unknown;
  readonly environment?: unknown;
  readonly readOnly?: unknown;
  readonly resultBackend?: unknown;
  readonly folders?: unknown;
  readonly transportOptions?: unknown;
  readonly tls?: unknown;
}

interface Limits {
  readonly workerLostAfterMs: number;
  readonly maxTasks: number;
  readonly refreshIntervalMs: number;
}

/** What an entry needs from around it to become a connection. */
export interface Surroundings {
  readonly limits: Limits;
  readonly readOnly: ReadOnlyPolicy;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

type Resolved = { readonly config: ConnectionConfig } | { readonly name: string; readonly problem: string };

/** Turns a setting into a connection: fills in `${env:NAME}`, refuses a password that stands in the settings. */
export const resolveConnection = (setting: ConnectionSetting, index: number, around: Surroundings): Resolved => {
  const name = nameOf(setting, index);
  const refuse = (problem: string): Resolved => ({ name, problem });
  const { url, resultBackend } = setting;
  if (typeof url !== 'string' || !url) return refuse('It has no "url". Add one in the settings.');
  const backend = typeof resultBackend === 'string' && resultBackend !== '' ? resultBackend : null;
  if (hasPlainPassword(url)) return refuse(plainPassword('URL'));
  if (backend !== null && hasPlainPassword(backend)) return refuse(plainPassword('result backend'));
  const environment = environmentOf(setting.environment);
  if (environment === null) return refuse('Its "environment" is none of dev, staging and prod. Correct it.');
  const missing = variablesOf(url + (backend ?? '')).find((variable) => around.variables[variable] === undefined);
  if (missing) return refuse(`The environment variable ${missing} is not set where VS Code was started.`);
  const wish = typeof setting.readOnly === 'boolean' ? setting.readOnly : undefined;
  return {
    config: {
      id: name,
      name,
      url: fillIn(url, around.variables),
      transportOptions: isRecord(setting.transportOptions) ? setting.transportOptions : {},
      ...(isRecord(setting.tls) ? { tls: setting.tls } : {}),
      ...(backend === null ? {} : { resultBackend: fillIn(backend, around.variables) }),
      environment,
      isReadOnly: isReadOnly(around.readOnly, environment, wish),
      ...around.limits,
    },
  };
};

/** An entry without a name is called by its place in the list. */
export const nameOf = ({ name }: ConnectionSetting, index: number): string =>
  typeof name === 'string' && name !== '' ? name : `connection ${index + 1}`;

const environmentOf = (value: unknown): Environment | null => {
  if (value === undefined) return 'dev';
  return value === 'dev' || value === 'staging' || value === 'prod' ? value : null;
};

const plainPassword = (where: string): string =>
  `Its ${where} holds a password. Settings are no place for secrets: put it into an environment variable and write \${env:NAME} instead.`;

const variable = /\$\{env:([^}]+)\}/g;

const variablesOf = (url: string): string[] => [...url.matchAll(variable)].map((match) => match[1] ?? '');

const hasPlainPassword = (url: string): boolean => {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^/:@]*:([^/@]+)@/i.exec(url)?.[1];
  return written !== undefined && !written.startsWith('${env:');
};

/** A variable that is the whole URL stands for itself; one inside a URL is a part of it and gets escaped. */
const fillIn = (url: string, environment: Readonly<Record<string, string | undefined>>): string =>
  url.replace(variable, (whole, name: string) => {
    const value = environment[name] ?? '';
    return whole === url ? value : encodeURIComponent(value);
  });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

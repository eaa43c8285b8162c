import type { ConnectionConfig } from '../../server/api/model.ts';

/** One entry of `celeriac.connections`, as a person wrote it: nothing about it is certain. */
export interface ConnectionSetting {
  readonly name?: unknown;
  readonly url?: unknown;
  readonly transportOptions?: unknown;
  readonly tls?: unknown;
}

interface Limits {
  readonly workerLostAfterMs: number;
  readonly maxTasks: number;
  readonly refreshIntervalMs: number;
}

type Resolved = { readonly config: ConnectionConfig } | { readonly name: string; readonly problem: string };

/** Turns a setting into a connection: fills in `${env:NAME}`, refuses a password that stands in the settings. */
export const resolveConnection = (
  setting: ConnectionSetting,
  index: number,
  limits: Limits,
  environment: Readonly<Record<string, string | undefined>>,
): Resolved => {
  const name = typeof setting.name === 'string' && setting.name ? setting.name : `connection ${index + 1}`;
  const refuse = (problem: string): Resolved => ({ name, problem });
  if (typeof setting.url !== 'string' || !setting.url) return refuse('It has no "url". Add one in the settings.');
  if (hasPlainPassword(setting.url))
    return refuse(
      'Its URL holds a password. Settings are no place for secrets: put it into an environment variable and write ${env:NAME} instead.',
    );
  const missing = variablesOf(setting.url).find((variable) => environment[variable] === undefined);
  if (missing) return refuse(`The environment variable ${missing} is not set where VS Code was started.`);
  return {
    config: {
      id: name,
      name,
      url: fillIn(setting.url, environment),
      transportOptions: isRecord(setting.transportOptions) ? setting.transportOptions : {},
      ...(isRecord(setting.tls) ? { tls: setting.tls } : {}),
      ...limits,
    },
  };
};

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

import type { ConnectionConfig, Environment } from '../../server/api/model.ts';
import { withAbsoluteFolders } from './absoluteFolders.ts';
import { fillIn, type Placeholder, placeholdersIn } from './placeholder.ts';
import { holdsSecret, type Secrets, takeSecrets } from './plainSecrets.ts';
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
  /** Where it was found when it was added. */
  readonly source?: unknown;
}

interface Limits {
  readonly workerLostAfterMs: number;
  readonly maxTasks: number;
  readonly refreshIntervalMs: number;
  readonly redactPatterns?: readonly string[];
  readonly historyDays?: number;
}

/** What an entry needs from around it to become a connection. */
export interface Surroundings {
  readonly limits: Limits;
  readonly readOnly: ReadOnlyPolicy;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What is stored for this connection, and what the user was asked for since VS Code started. */
  readonly secrets: Secrets;
  /** Is told each secret that a variable brought into the connection, so that the log can leave it out. */
  readonly hide: (secret: string) => void;
  /** Where relative folders begin. */
  readonly baseFolder: string;
}

/** Why an entry cannot be opened; `missing` are the secrets that the user can still give. */
export interface Unusable {
  readonly name: string;
  readonly problem: string;
  readonly missing: readonly Placeholder[];
}

export type Resolved = { readonly config: ConnectionConfig } | Unusable;

/** Turns a setting into a connection: fills in what placeholders stand for, refuses a password that stands there itself. */
export const resolveConnection = (setting: ConnectionSetting, index: number, around: Surroundings): Resolved => {
  const name = nameOf(setting, index);
  const refuse = (problem: string, missing: readonly Placeholder[] = []): Resolved => ({ name, problem, missing });
  const { url, resultBackend, transportOptions, tls } = setting;
  if (typeof url !== 'string' || !url) return refuse('It has no "url". Add one with "Celery: Edit Connection…".');
  for (const [key, where] of secretPlaces) if (holdsSecret(setting[key], key)) return refuse(plainSecret(where));
  const environment = environmentOf(setting.environment);
  if (environment === null) return refuse('Its "environment" is none of dev, staging and prod. Correct it.');
  const places = placeholdersIn([url, resultBackend, transportOptions]);
  const missing = places.filter((place) => secretOf(place, around) === undefined);
  const problem = missingProblem(missing);
  if (problem !== null) return refuse(problem, missing);
  const fill = <T>(value: T): T => fillIn(value, (place) => secretOf(place, around) ?? '') as T;
  const filled = takeSecrets({
    url: fill(url),
    resultBackend: fill(resultBackend),
    transportOptions: fill(transportOptions),
  });
  for (const secret of Object.values(filled.secrets)) around.hide(secret);
  const wish = typeof setting.readOnly === 'boolean' ? setting.readOnly : undefined;
  const options = isRecord(transportOptions) ? fill(transportOptions) : {};
  return {
    config: {
      id: name,
      name,
      url: fill(url),
      transportOptions: withAbsoluteFolders(url, options, around.baseFolder),
      ...(isRecord(tls) ? { tls } : {}),
      ...(typeof resultBackend === 'string' && resultBackend ? { resultBackend: fill(resultBackend) } : {}),
      environment,
      isReadOnly: isReadOnly(around.readOnly, environment, wish),
      ...around.limits,
    },
  };
};

/** An entry without a name is called by its place in the list. */
export const nameOf = ({ name }: ConnectionSetting, index: number): string =>
  typeof name === 'string' && name !== '' ? name : `connection ${index + 1}`;

export const environmentOf = (value: unknown): Environment | null => {
  if (value === undefined) return 'dev';
  return value === 'dev' || value === 'staging' || value === 'prod' ? value : null;
};

const secretPlaces = [
  ['url', 'URL'],
  ['resultBackend', 'result backend'],
  ['transportOptions', 'transport options'],
] as const;

const plainSecret = (where: string): string =>
  `Its ${where} holds a password. Settings are no place for secrets: run "Celery: Edit Connection…" to move it to the secret storage, or write \${env:NAME} instead.`;

/** A stored secret may be on another machine: settings travel, secrets do not. */
const missingProblem = (missing: readonly Placeholder[]): string | null => {
  const [first] = missing;
  if (!first) return null;
  const variable = missing.find(({ source }) => source === 'env');
  if (variable) return `The environment variable ${variable.name} is not set where VS Code was started.`;
  return missing.some(({ source }) => source === 'secret')
    ? 'Its password is not stored on this machine. Connect to enter it.'
    : 'It asks for its password each time. Connect to enter it.';
};

const secretOf = ({ source, name }: Placeholder, { variables, secrets }: Surroundings): string | undefined =>
  source === 'env' ? variables[name] : secrets[name];

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

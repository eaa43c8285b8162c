import type { Environment, TlsOptions } from '../../../server/api/model.ts';
import { placeholdersIn } from '../placeholder.ts';
import { type Secrets, takeSecrets } from '../plainSecrets.ts';
import { type ConnectionSetting, environmentOf, isRecord } from '../resolveConnection.ts';

/** A connection while it is being added or changed. No field holds a secret: those are kept apart. */
export interface ConnectionDraft {
  readonly name: string;
  readonly url: string;
  readonly environment: Environment;
  readonly readOnly: boolean | null;
  readonly resultBackend: string;
  readonly folders: readonly string[];
  readonly transportOptions: Readonly<Record<string, unknown>>;
  readonly tls: TlsOptions | null;
  /** Where it was found; empty: it was written by hand. */
  readonly source: string;
  /** By the name of their placeholder: what was stored before, was pasted or typed. */
  readonly secrets: Secrets;
}

export const draftOf = (written: ConnectionSetting, stored: Secrets): ConnectionDraft => {
  const { setting, secrets } = takeSecrets(written);
  const { name, url, environment, readOnly, resultBackend, folders, transportOptions, tls, source } = setting;
  return {
    name: textOf(name),
    url: textOf(url),
    environment: environmentOf(environment) ?? 'dev',
    readOnly: typeof readOnly === 'boolean' ? readOnly : null,
    resultBackend: textOf(resultBackend),
    folders: Array.isArray(folders) ? folders.filter((each) => typeof each === 'string') : [],
    transportOptions: isRecord(transportOptions) ? transportOptions : {},
    tls: isRecord(tls) ? tls : null,
    source: textOf(source),
    secrets: { ...stored, ...secrets },
  };
};

/** The entry for the settings; what is as it would be anyway is left out. */
export const settingOf = (draft: ConnectionDraft): ConnectionSetting => ({
  name: draft.name,
  url: draft.url,
  ...(draft.environment === 'dev' ? {} : { environment: draft.environment }),
  ...(draft.readOnly === null ? {} : { readOnly: draft.readOnly }),
  ...(draft.resultBackend === '' ? {} : { resultBackend: draft.resultBackend }),
  ...(draft.folders.length === 0 ? {} : { folders: draft.folders }),
  ...(Object.keys(draft.transportOptions).length === 0 ? {} : { transportOptions: draft.transportOptions }),
  ...(draft.tls === null ? {} : { tls: draft.tls }),
  ...(draft.source === '' ? {} : { source: draft.source }),
});

/** The secrets that the entry refers to from this source; others have no place any more. */
export const secretsOf = (draft: ConnectionDraft, source: 'secret' | 'ask'): Secrets => {
  const names = placeholdersIn(settingOf(draft))
    .filter((place) => place.source === source)
    .map(({ name }) => name);
  return Object.fromEntries(Object.entries(draft.secrets).filter(([name]) => names.includes(name)));
};

/** Puts a value into a field that may bring secrets along. */
export const withField = (
  draft: ConnectionDraft,
  field: 'url' | 'resultBackend' | 'transportOptions',
  value: unknown,
): ConnectionDraft => {
  const { setting, secrets } = takeSecrets({ [field]: value });
  return { ...draft, [field]: setting[field], secrets: { ...draft.secrets, ...secrets } };
};

export const schemeOf = (draft: ConnectionDraft): string => {
  const mark = draft.url.indexOf('://');
  return mark < 0 ? '' : draft.url.slice(0, mark).trim().toLowerCase();
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

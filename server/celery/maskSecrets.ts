import { mask, maskLogins } from '../api/redaction.ts';
import { isRecord } from './isRecord.ts';

const secretName = /pass|secret|token|credential|api_?key|access_?key|key_?id|private_?key/i;

const secretInQuery = /([?&][\w-]*(?:pass|secret|token|credential|api_?key|access_?key)[\w-]*=)[^&\s'"]+/gi;
/** A dictionary inside a text, such as the settings in Celery's report. */
const quotedSecret =
  /((['"])[\w-]*(?:pass|secret|token|credential|api_?key|access_?key)[\w-]*\2:\s*)(['"])(?:(?!\3).)+\3/gi;

/** The text with the passwords in it replaced. */
export const maskText = (text: string): string =>
  maskLogins(text).replace(secretInQuery, `$1${mask}`).replace(quotedSecret, `$1$3${mask}$3`);

/**
 * What a worker tells of its settings, without the secrets. Celery hides most of them itself; not those of the broker's
 * alternates, of transport options and of settings with names of their own.
 */
export const maskSecrets = (value: unknown): unknown => {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      typeof each === 'string' && each !== '' && secretName.test(name) ? mask : maskSecrets(each),
    ]),
  );
};

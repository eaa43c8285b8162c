import { defaultRedactPatterns } from '../api/redaction.ts';
import { makeRedactor } from '../api/redactor.ts';

const redactor = makeRedactor([...defaultRedactPatterns, '*key?id*']);

/**
 * What a worker tells of its settings, without the secrets. Celery hides most of them itself; not those of the broker's
 * alternates, of transport options and of settings with names of their own.
 */
export const maskSecrets = redactor.value;

import { fieldNamed } from './queryFields.ts';

/** Whether a text names a field somewhere, as in `-name:celery.*`; without one it is a text to be found as it stands. */
export const readsAsQuery = (text: string): boolean =>
  text.split(/[ \t\n\r()]/).some((word) => {
    const from = word.startsWith('-') ? 1 : 0;
    const colon = word.indexOf(':');
    return colon > from && fieldNamed(word.slice(from, colon)) !== null;
  });

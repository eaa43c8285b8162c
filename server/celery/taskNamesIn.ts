import { listOf } from './field.ts';
import { wordOf } from './wordOf.ts';

/** The names in an answer to `registered`: each may be followed by attributes, as in "emails.send [rate_limit=10/m]". */
export const taskNamesIn = (value: unknown): string[] => listOf(value).map((each) => withoutAttributes(wordOf(each)));

const withoutAttributes = (text: string): string => (text.endsWith(']') ? (text.split(' [')[0] ?? text) : text);

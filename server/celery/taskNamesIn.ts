import { listOf } from './field.ts';
import { wordOf } from './wordOf.ts';

/** The names in an answer to `registered`: each may be followed by attributes, as in "emails.send [rate_limit=10/m]". */
export const taskNamesIn = (value: unknown): string[] => listOf(value).map((each) => split(wordOf(each)).name);

/** The attributes of one task in an answer to `registered`, in their order (celery/worker/control.py: registered). */
export const attributesIn = (value: unknown, taskName: string): (readonly [name: string, value: string])[] =>
  listOf(value)
    .map((each) => split(wordOf(each)))
    .filter(({ name }) => name === taskName)
    .flatMap(({ attributes }) => attributes.split(' '))
    .flatMap((pair) => {
      const mark = pair.indexOf('=');
      return mark < 0 ? [] : [[pair.slice(0, mark), pair.slice(mark + 1)] as const];
    });

const split = (text: string): { readonly name: string; readonly attributes: string } => {
  const mark = text.endsWith(']') ? text.indexOf(' [') : -1;
  return mark < 0
    ? { name: text, attributes: '' }
    : { name: text.slice(0, mark), attributes: text.slice(mark + 2, -1) };
};

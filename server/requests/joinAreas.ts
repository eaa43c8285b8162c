import type { requests } from '../api/requests.ts';
import type { Area } from './area.ts';

type Part = { readonly schemas: object; readonly handlers: object };
type NamesIn<P> = P extends Part ? keyof P['handlers'] & keyof typeof requests : never;

/** What these areas answer, as one. */
export const joinAreas = <P extends readonly Part[]>(...parts: P): Area<NamesIn<P[number]>> => ({
  schemas: Object.assign({}, ...parts.map(({ schemas }) => schemas)),
  handlers: Object.assign({}, ...parts.map(({ handlers }) => handlers)),
});

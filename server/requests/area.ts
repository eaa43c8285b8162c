import type * as v from 'valibot';
import type { ParamsOf, RequestHandlers, requests } from '../api/requests.ts';

type Names = keyof typeof requests;

/** Some requests of the table: how their parameters must look when they arrive, and what answers them. */
export interface Area<K extends Names> {
  readonly schemas: { readonly [N in K]: v.GenericSchema<unknown, ParamsOf<(typeof requests)[N]>> };
  readonly handlers: Pick<RequestHandlers, K>;
}

import type { ControlArgument } from './control.ts';

/** One thing that workers can be asked, for people to choose from. */
export interface InspectMethod {
  readonly method: string;
  readonly help: string;
  /** How its arguments are typed: "query_task IDS…". */
  readonly signature: string;
  /** In the order in which they are asked for. */
  readonly arguments: readonly ControlArgument[];
}

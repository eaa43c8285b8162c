import type { ControlOutcome } from '../../api/control.ts';
import type { Destination } from '../../desk/tellOnArrival.ts';
import type { WorkerCommand } from '../../desk/tellWorkers.ts';
import { printable } from '../../text/wording.ts';

/** What to tell whom, and for how long to wait. */
export interface Question extends WorkerCommand {
  readonly destination: Destination;
  readonly timeoutMs: number | undefined;
}

export interface Told {
  readonly group: 'inspect' | 'control';
  readonly question: Question;
  readonly outcome: ControlOutcome;
  /** Why workers refused, and why others did not answer: whole sentences. */
  readonly refusals: readonly string[];
  readonly silence: readonly string[];
}

/** "Send pool_grow (n=2) to w1@host", "… to every worker". */
export const deedOf = ({ method, arguments: values, destination }: Question): string => {
  const told = Object.entries(values).map(([name, value]) => `${name}=${printable(wordOf(value))}`);
  const what = told.length > 0 ? `${method} (${told.join(', ')})` : method;
  return `Send ${what} to ${whomOf(destination) || 'every worker'}`;
};

export const whomOf = ({ names, pattern }: Destination): string => pattern ?? names.join(', ');

const wordOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

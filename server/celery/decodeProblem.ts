/**
 * Why a message, or some of the events in it, could not be read. Reasons come from a fixed set of sentences plus short
 * names, never from message text, so that counting by reason stays small whatever arrives.
 */
export interface DecodeProblem {
  readonly reason: string;
  /** How many events it cost; one for a message that could not be opened at all. */
  readonly count: number;
  /** A list of events can hold several kinds of bad ones. */
  readonly next: DecodeProblem | null;
}

export const oneProblem = (reason: string): DecodeProblem => ({ reason, count: 1, next: null });

/** Adds one to `reason`. Problems are rare: rebuilding the short chain is cheaper than keeping a map ready. */
export const addProblem = (problems: DecodeProblem | null, reason: string): DecodeProblem => {
  if (problems === null) return oneProblem(reason);
  if (problems.reason === reason) return { ...problems, count: problems.count + 1 };
  return { ...problems, next: addProblem(problems.next, reason) };
};

/** What a question came to: an answer, a step back, or nothing at all. */
export type Answer<T> =
  | { readonly kind: 'next'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'left' };

export const next = <T>(value: T): Answer<T> => ({ kind: 'next', value });

/** Goes on with an answer; a step back and leaving stay what they are. */
export const mapAnswer = <T, U>(answer: Answer<T>, use: (value: T) => U): Answer<U> =>
  answer.kind === 'next' ? next(use(answer.value)) : answer;

/** Where a question stands among those that will be asked. */
export interface Position {
  readonly step: number;
  readonly totalSteps: number;
}

/** One question of a form, about a draft that all of them fill. */
export interface Step<D> {
  readonly applies: (draft: D) => boolean;
  readonly ask: (draft: D, position: Position) => Promise<Answer<D>>;
}

/** Asks one question after the other, back and forth; what was answered stays. Null: the user left. */
export const runSteps = async <D>(steps: readonly Step<D>[], start: D): Promise<D | null> => {
  let draft = start;
  const asked: Step<D>[] = [];
  for (let current = following(steps, asked.at(-1), draft); current; ) {
    const answer = await current.ask(draft, positionOf(steps, asked.length, current, draft));
    if (answer.kind === 'left') return null;
    if (answer.kind === 'back') {
      const before = asked.pop();
      if (!before) return null;
      current = before;
      continue;
    }
    draft = answer.value;
    asked.push(current);
    current = following(steps, current, draft);
  }
  return draft;
};

const following = <D>(steps: readonly Step<D>[], after: Step<D> | undefined, draft: D): Step<D> | undefined =>
  steps.slice(after ? steps.indexOf(after) + 1 : 0).find((step) => step.applies(draft));

/** How many there will be depends on the answers; from here on, it is what the draft says now. */
const positionOf = <D>(steps: readonly Step<D>[], before: number, current: Step<D>, draft: D): Position => {
  const later = steps.slice(steps.indexOf(current) + 1).filter((step) => step.applies(draft));
  return { step: before + 1, totalSteps: before + 1 + later.length };
};

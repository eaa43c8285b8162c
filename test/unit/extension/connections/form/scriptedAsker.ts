import assert from 'node:assert/strict';
import type { Asker } from '../../../../../extension/connections/form/asker.ts';
import { type Answer, next } from '../../../../../extension/connections/form/runSteps.ts';

export const back = Symbol('back');
export const leave = Symbol('leave');

type Scripted = string | typeof back | typeof leave;

/** Answers as the script says: a text, or the label of a choice; and keeps what it was asked. */
export const scriptedAsker = (script: readonly Scripted[]): Asker & { readonly asked: string[] } => {
  const asked: string[] = [];
  const answers = [...script];
  const take = <T>(question: string, use: (answer: string) => T): Answer<T> => {
    asked.push(question);
    const answer = answers.shift();
    assert.ok(answer !== undefined, `nobody expected the question "${question}"`);
    if (answer === back) return { kind: 'back' };
    if (answer === leave) return { kind: 'left' };
    return next(use(answer));
  };
  return {
    asked,
    text: async ({ prompt, value, problemOf }) =>
      take(`${prompt}${value ? ` [${value}]` : ''}`, (answer) => {
        assert.equal(problemOf?.(answer) ?? null, null, answer);
        return answer;
      }),
    choose: async ({ placeholder, choices }) =>
      take(placeholder, (answer) => {
        const choice = choices.find(({ label }) => label === answer);
        assert.ok(choice, `${answer} is none of ${choices.map(({ label }) => label).join(', ')}`);
        return choice.value;
      }),
  };
};

import assert from 'node:assert/strict';
import type { Asker } from '../../../../../extension/connections/form/asker.ts';

export const pressEscape = Symbol('Escape');

type Scripted = string | typeof pressEscape;

/** Answers as the script says: a text, or the label of a choice; and keeps what it was asked. */
export const scriptedAsker = (script: readonly Scripted[]): Asker & { readonly asked: string[] } => {
  const asked: string[] = [];
  const answers = [...script];
  const take = <T>(question: string, use: (answer: string) => T): T | undefined => {
    asked.push(question);
    const answer = answers.shift();
    assert.ok(answer !== undefined, `nobody expected the question "${question}"`);
    return answer === pressEscape ? undefined : use(answer);
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
        return choice;
      }),
  };
};

import * as vscode from 'vscode';
import { openInput } from '../../shown/inputs.ts';
import { openPick } from '../../shown/openPick.ts';
import type { Asker, Choice, ChoiceQuestion, TextQuestion } from './asker.ts';
import { type Answer, next } from './runSteps.ts';

/** Asks in VS Code's quick input: by keyboard alone, with a way back, and it stays open when the focus goes. */
export const quickAsker = (title: string): Asker => ({
  text: (question) => askText(title, question),
  choose: (question) => askChoice(title, question),
});

const askText = async (title: string, question: TextQuestion): Promise<Answer<string>> => {
  const { input, tell } = openInput();
  tell({ title, prompt: question.prompt, placeholder: question.placeholder ?? '' });
  input.value = question.value ?? '';
  input.password = question.isPassword ?? false;
  const answered = Promise.withResolvers<Answer<string>>();
  const problemOf = question.problemOf ?? (() => null);
  return waitFor(input, question, answered, [
    input.onDidChangeValue(() => {
      tell({ problem: '' });
    }),
    input.onDidAccept(() => {
      const problem = problemOf(input.value);
      if (problem === null) answered.resolve(next(input.value));
      else tell({ problem });
    }),
  ]);
};

const askChoice = async <T>(title: string, question: ChoiceQuestion<T>): Promise<Answer<T>> => {
  const { pick, tell, activate } = openPick<Choice<T>>();
  const { placeholder, choices } = question;
  tell({ title, placeholder, items: choices });
  const current = choices.find(({ value }) => value === question.current);
  if (current) activate(current);
  const answered = Promise.withResolvers<Answer<T>>();
  return waitFor(pick, question, answered, [
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      if (active) answered.resolve(next(active.item.value));
    }),
  ]);
};

/** What both kinds of quick input have. */
type QuickInput = Pick<
  vscode.InputBox,
  'buttons' | 'dispose' | 'ignoreFocusOut' | 'onDidHide' | 'onDidTriggerButton' | 'show' | 'step' | 'totalSteps'
>;

const waitFor = async <T>(
  input: QuickInput,
  { position }: { readonly position: { readonly step: number; readonly totalSteps: number } },
  answered: PromiseWithResolvers<Answer<T>>,
  listeners: readonly vscode.Disposable[],
): Promise<Answer<T>> => {
  input.step = position.step;
  input.totalSteps = position.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = position.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  const own = [
    input.onDidTriggerButton(() => answered.resolve({ kind: 'back' })),
    input.onDidHide(() => answered.resolve({ kind: 'left' })),
  ];
  input.show();
  try {
    return await answered.promise;
  } finally {
    for (const listener of [...listeners, ...own]) listener.dispose();
    input.dispose();
  }
};

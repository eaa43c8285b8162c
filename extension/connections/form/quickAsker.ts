import * as vscode from 'vscode';
import type { Asker, Choice, ChoiceQuestion, TextQuestion } from './asker.ts';
import { type Answer, next } from './runSteps.ts';

/** Asks in VS Code's quick input: by keyboard alone, with a way back, and it stays open when the focus goes. */
export const quickAsker = (title: string): Asker => ({
  text: (question) => askText(title, question),
  choose: (question) => askChoice(title, question),
});

const askText = async (title: string, question: TextQuestion): Promise<Answer<string>> => {
  const input = vscode.window.createInputBox();
  input.title = title;
  input.prompt = question.prompt;
  input.value = question.value ?? '';
  input.placeholder = question.placeholder ?? '';
  input.password = question.isPassword ?? false;
  const answered = Promise.withResolvers<Answer<string>>();
  const problemOf = question.problemOf ?? (() => null);
  return waitFor(input, question, answered, [
    input.onDidChangeValue(() => {
      input.validationMessage = '';
    }),
    input.onDidAccept(() => {
      const problem = problemOf(input.value);
      if (problem === null) answered.resolve(next(input.value));
      else input.validationMessage = problem;
    }),
  ]);
};

type ChoiceItem<T> = vscode.QuickPickItem & { readonly choice: Choice<T> };

const askChoice = async <T>(title: string, question: ChoiceQuestion<T>): Promise<Answer<T>> => {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  pick.title = title;
  pick.placeholder = question.placeholder;
  pick.items = question.choices.map((choice) => ({
    label: choice.label,
    ...(choice.description ? { description: choice.description } : {}),
    ...(choice.detail ? { detail: choice.detail } : {}),
    choice,
  }));
  const current = pick.items.find(({ choice }) => choice.value === question.current);
  if (current) pick.activeItems = [current];
  const answered = Promise.withResolvers<Answer<T>>();
  return waitFor(pick, question, answered, [
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      if (item) answered.resolve(next(item.choice.value));
    }),
  ]);
};

const waitFor = async <T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox | vscode.QuickPick<ChoiceItem<T>>,
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

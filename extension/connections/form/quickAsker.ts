import type * as vscode from 'vscode';
import { openInput } from '../../shown/inputs.ts';
import { openPick } from '../../shown/openPick.ts';
import type { Asker, Choice, ChoiceQuestion, TextQuestion } from './asker.ts';

/** Asks in VS Code's quick input, which stays open when the focus goes elsewhere. */
export const quickAsker: Asker = {
  text: (question) => askText(question),
  choose: (question) => askChoice(question),
};

const askText = async (question: TextQuestion): Promise<string | undefined> => {
  const { title, prompt, placeholder = '', value = '', isPassword = false } = question;
  const { problemOf = () => null, problemWhileTyping = () => null } = question;
  const { input, tell } = openInput();
  tell({ title, prompt, placeholder });
  input.value = value;
  input.password = isPassword;
  input.ignoreFocusOut = true;
  const answered = Promise.withResolvers<string | undefined>();
  return waitFor(input, answered, [
    input.onDidChangeValue((text) => {
      tell({ problem: problemWhileTyping(text) ?? '' });
    }),
    input.onDidAccept(() => {
      const problem = problemOf(input.value);
      if (problem === null) answered.resolve(input.value);
      else tell({ problem });
    }),
    input.onDidHide(() => answered.resolve(undefined)),
  ]);
};

const askChoice = async <T>(question: ChoiceQuestion<T>): Promise<Choice<T> | undefined> => {
  const { title, placeholder, choices } = question;
  const { pick, tell, activate } = openPick<Choice<T>>();
  tell({ title, placeholder, items: choices });
  pick.ignoreFocusOut = true;
  const current = choices.find(({ value }) => value === question.current);
  if (current) activate(current);
  const answered = Promise.withResolvers<Choice<T> | undefined>();
  return waitFor(pick, answered, [
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      if (active) answered.resolve(active.item);
    }),
    pick.onDidHide(() => answered.resolve(undefined)),
  ]);
};

const waitFor = async <T>(
  input: Pick<vscode.QuickInput, 'dispose' | 'show'>,
  answered: PromiseWithResolvers<T>,
  listeners: readonly vscode.Disposable[],
): Promise<T> => {
  input.show();
  try {
    return await answered.promise;
  } finally {
    for (const listener of listeners) listener.dispose();
    input.dispose();
  }
};

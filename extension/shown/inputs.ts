import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

type Problem = string | null | undefined;

interface InputOptions {
  readonly title: string;
  readonly prompt?: string;
  readonly placeHolder?: string;
  /** What stands in the field already, unchanged: a field draws nothing but text. */
  readonly value?: string;
  readonly valueSelection?: [number, number];
  readonly password?: boolean;
  readonly ignoreFocusOut?: boolean;
  /** Why the text cannot be taken; null: it can. */
  readonly validateInput?: (text: string) => Problem | Promise<Problem>;
}

/** What is typed; undefined: it was left. VS Code draws links and icons in a prompt and in the words of a problem. */
export const showInput = ({ title, prompt, placeHolder, validateInput, ...options }: InputOptions) =>
  vscode.window.showInputBox({
    ...options,
    title: plainLine(title),
    ...(prompt === undefined ? {} : { prompt: plainLine(prompt) }),
    ...(placeHolder === undefined ? {} : { placeHolder: plainLine(placeHolder) }),
    ...(validateInput ? { validateInput: async (text) => plainProblem(await validateInput(text)) } : {}),
  });

const plainProblem = (problem: Problem): Problem => problem && plainLine(problem);

interface InputTexts {
  readonly title?: string;
  readonly prompt?: string;
  readonly placeholder?: string;
  readonly problem?: string;
}

interface OpenInput {
  /** Its life and its value; its texts are given to `tell`. */
  readonly input: Omit<vscode.InputBox, 'title' | 'prompt' | 'placeholder' | 'validationMessage'>;
  tell(texts: InputTexts): void;
}

/** An input box that changes while it is open; who opens it disposes it. */
export const openInput = (): OpenInput => {
  const input = vscode.window.createInputBox();
  return {
    input,
    tell({ title, prompt, placeholder, problem }) {
      if (title !== undefined) input.title = plainLine(title);
      if (prompt !== undefined) input.prompt = plainLine(prompt);
      if (placeholder !== undefined) input.placeholder = plainLine(placeholder);
      if (problem !== undefined) input.validationMessage = plainLine(problem);
    },
  };
};

import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';

/** Notifications. No text in them becomes a link or a command, whoever wrote it; what can be done is a button. */
export const showInformation = <A extends string>(text: string, ...actions: readonly A[]): Promise<A | undefined> =>
  chosenOf(actions, (buttons) => vscode.window.showInformationMessage(plainLine(text), ...buttons));

export const showWarning = <A extends string>(text: string, ...actions: readonly A[]): Promise<A | undefined> =>
  chosenOf(actions, (buttons) => vscode.window.showWarningMessage(plainLine(text), ...buttons));

export const showError = <A extends string>(text: string, ...actions: readonly A[]): Promise<A | undefined> =>
  chosenOf(actions, (buttons) => vscode.window.showErrorMessage(plainLine(text), ...buttons));

export interface ModalQuestion {
  readonly message: string;
  /** Its paragraphs: a line break inside of one would be somebody else's. */
  readonly detail: readonly string[];
}

/** Nothing else can be done before it is answered; undefined: it was left. */
export const askModally = <A extends string>(
  { message, detail }: ModalQuestion,
  ...actions: readonly A[]
): Promise<A | undefined> => {
  const options = { modal: true, detail: detail.map((each) => plainLine(each)).join('\n\n') };
  return chosenOf(actions, (buttons) => vscode.window.showWarningMessage(plainLine(message), options, ...buttons));
};

type Button<A> = vscode.MessageItem & { readonly action: A };

const chosenOf = async <A extends string>(
  actions: readonly A[],
  show: (buttons: readonly Button<A>[]) => Thenable<Button<A> | undefined>,
): Promise<A | undefined> => (await show(actions.map((action) => ({ title: plainLine(action), action }))))?.action;

import * as vscode from 'vscode';
import { orLeft } from './orLeft.ts';

interface PickQuestion {
  readonly title: string;
  readonly placeHolder: string;
}

/** One step of a command that asks for several things: it stays while somebody looks something up elsewhere. */
export const pickOne = async <T extends vscode.QuickPickItem>(
  items: readonly T[],
  question: PickQuestion,
): Promise<T> =>
  orLeft(await vscode.window.showQuickPick(items, { ...question, matchOnDescription: true, ignoreFocusOut: true }));

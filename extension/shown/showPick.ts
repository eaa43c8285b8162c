import * as vscode from 'vscode';
import { type PickItem, shownItem } from './pickItem.ts';
import { plainLine } from './plainLine.ts';

interface PickOptions {
  readonly title: string;
  readonly placeHolder?: string;
  readonly ignoreFocusOut?: boolean;
  readonly matchOnDescription?: boolean;
}

/** One of the rows, as it was given; undefined: it was left. */
export const showPick = async <T extends PickItem>(items: readonly T[], options: PickOptions): Promise<T | undefined> =>
  (await vscode.window.showQuickPick(items.map(shownItem), plainOptions(options)))?.item;

/** Some of the rows, or none; undefined: it was left. */
export const showPickMany = async <T extends PickItem>(
  items: readonly T[],
  options: PickOptions,
): Promise<T[] | undefined> => {
  const picked = await vscode.window.showQuickPick(items.map(shownItem), {
    ...plainOptions(options),
    canPickMany: true,
  });
  return picked?.map(({ item }) => item);
};

const plainOptions = ({ title, placeHolder, ...options }: PickOptions): vscode.QuickPickOptions => ({
  ...options,
  title: plainLine(title),
  ...(placeHolder === undefined ? {} : { placeHolder: plainLine(placeHolder) }),
});

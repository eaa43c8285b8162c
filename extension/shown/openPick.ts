import * as vscode from 'vscode';
import { type PickItem, type ShownItem, shownItem } from './pickItem.ts';
import { plainLine } from './plainLine.ts';

interface PickTexts<T> {
  readonly title?: string;
  readonly placeholder?: string;
  readonly items?: readonly T[];
}

interface OpenPick<T extends PickItem> {
  /** Its life and what is chosen; its texts are given to `tell`. */
  readonly pick: Omit<vscode.QuickPick<ShownItem<T>>, 'title' | 'placeholder' | 'items'>;
  tell(texts: PickTexts<T>): void;
  activate(item: T): void;
}

/** A quick pick that changes while it is open; who opens it disposes it. */
export const openPick = <T extends PickItem>(): OpenPick<T> => {
  const pick = vscode.window.createQuickPick<ShownItem<T>>();
  return {
    pick,
    tell({ title, placeholder, items }) {
      if (title !== undefined) pick.title = plainLine(title);
      if (placeholder !== undefined) pick.placeholder = plainLine(placeholder);
      if (items !== undefined) pick.items = items.map(shownItem);
    },
    activate(item) {
      pick.activeItems = pick.items.filter((each) => each.item === item);
    },
  };
};

import * as vscode from 'vscode';
import { type Mark, markIcon } from './markIcon.ts';
import { partOf, plainLine } from './plainLine.ts';

/** A row of a quick pick: its icon stands beside its texts, for in a text it could be anybody's. */
export interface PickItem {
  readonly label: string;
  readonly icon?: string;
  /** A sign with a colour and a shape of its own. */
  readonly mark?: Mark;
  readonly description?: string;
  readonly detail?: string;
  readonly isSeparator?: boolean;
  readonly picked?: boolean;
  readonly alwaysShow?: boolean;
  readonly buttons?: readonly vscode.QuickInputButton[];
}

/** A row as VS Code draws it, and what it stands for. */
export type ShownItem<T> = vscode.QuickPickItem & { readonly item: T };

export const shownItem = <T extends PickItem>(item: T): ShownItem<T> => {
  const { label, icon, mark, description, detail, isSeparator, picked, alwaysShow, buttons } = item;
  return {
    label: icon === undefined ? partOf(label) : `$(${icon}) ${partOf(label)}`,
    ...(description === undefined ? {} : { description: partOf(description) }),
    ...(detail === undefined ? {} : { detail: plainLine(detail) }),
    ...(mark === undefined ? {} : { iconPath: markIcon(mark) }),
    ...(isSeparator ? { kind: vscode.QuickPickItemKind.Separator } : {}),
    ...(picked === undefined ? {} : { picked }),
    ...(alwaysShow === undefined ? {} : { alwaysShow }),
    ...(buttons === undefined ? {} : { buttons }),
    item,
  };
};

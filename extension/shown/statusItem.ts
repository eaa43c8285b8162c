import * as vscode from 'vscode';
import { partOf, plainLine } from './plainLine.ts';
import { type Tooltip, toTooltip } from './tooltip.ts';

interface StatusPlace {
  readonly id: string;
  /** In the menu of the status bar. */
  readonly name: string;
  readonly command?: string;
  readonly priority: number;
}

/** A figure behind its icon. */
export interface StatusFigure {
  readonly icon: string;
  readonly text: string;
}

interface StatusLook {
  readonly icon: string;
  readonly text: string;
  readonly figures?: readonly StatusFigure[];
  readonly tooltip: Tooltip;
  /** For those who hear it instead. */
  readonly spoken?: string;
  readonly background?: 'warning' | 'error' | null;
}

/** The bar is narrow. */
const longestText = 100;

/** One item at the left of the status bar. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor({ id, name, command, priority }: StatusPlace) {
    this.#item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
    this.#item.name = plainLine(name);
    this.#item.command = command;
  }

  show({ icon, text, figures = [], tooltip, spoken, background }: StatusLook): void {
    this.#item.text = [{ icon, text }, ...figures]
      .map((each) => `$(${each.icon}) ${plainLine(each.text, longestText)}`)
      .join(' ');
    this.#item.tooltip = toTooltip(tooltip);
    this.#item.accessibilityInformation = spoken === undefined ? undefined : { label: plainLine(spoken) };
    this.#item.backgroundColor = background
      ? new vscode.ThemeColor(`statusBarItem.${background}Background`)
      : undefined;
    this.#item.show();
  }

  hide(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Says something in the status bar for a moment. */
export const showBriefly = (text: string, forMs: number, icon?: string): void => {
  vscode.window.setStatusBarMessage(icon === undefined ? partOf(text) : `$(${icon}) ${partOf(text)}`, forMs);
};

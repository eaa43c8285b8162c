import * as vscode from 'vscode';
import { type HoverLook, hoverMarkdown } from './hoverMarkdown.ts';

/** Only the commands of its own links can be run from it. */
export const hover = (look: HoverLook, range: vscode.Range): vscode.Hover => {
  const markdown = new vscode.MarkdownString(hoverMarkdown(look));
  markdown.isTrusted = { enabledCommands: look.links.map(({ command }) => command) };
  return new vscode.Hover(markdown, range);
};

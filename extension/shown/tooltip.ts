import * as vscode from 'vscode';
import { plainLine } from './plainLine.ts';
import { type TooltipTable, tableMarkdown } from './tableMarkdown.ts';

/** What is said when something is pointed at: its lines, or a table with links below it. */
export type Tooltip = readonly string[] | TooltipTable;

/** Lines are no Markdown at all: it would take the name of a worker for an address to write to. */
export const toTooltip = (tooltip: Tooltip): string | vscode.MarkdownString =>
  'rows' in tooltip ? tableTooltip(tooltip) : lineTooltip(tooltip);

export const lineTooltip = (lines: readonly string[]): string => lines.map((each) => plainLine(each)).join('\n');

/** Only the commands of its own links can be run from it. */
const tableTooltip = (table: TooltipTable): vscode.MarkdownString => {
  const markdown = new vscode.MarkdownString(tableMarkdown(table));
  markdown.isTrusted = { enabledCommands: table.links.map(({ command }) => command) };
  return markdown;
};

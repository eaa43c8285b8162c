import { plainLine } from './plainLine.ts';

export interface TooltipTable {
  readonly head: readonly { readonly title: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
  readonly foot: string;
}

/** A table as Markdown in which every cell is only text: no link, no address, no picture, no icon. */
export const tableMarkdown = ({ head, rows, foot }: TooltipTable): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    line(head.map(({ title }) => plainMarkdown(title))),
    line(head.map(({ isNumber }) => (isNumber ? '--:' : ':--'))),
    ...rows.map((cells) => line(cells.map(plainMarkdown))),
  ];
  return `${lines.join('\n')}\n\n${plainMarkdown(foot)}`;
};

/** Every sign that may begin something in Markdown, also the colon of an address that nobody marked as one. */
const plainMarkdown = (text: string): string => plainLine(text).replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');

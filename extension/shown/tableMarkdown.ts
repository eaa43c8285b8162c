import { plainLine } from './plainLine.ts';

/** A command of ours that a tooltip offers. */
export interface TooltipLink {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[] | undefined;
}

export interface TooltipTable {
  readonly head: readonly { readonly title: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
  readonly links: readonly TooltipLink[];
}

/** A table as Markdown in which every cell is only text: no link, no address, no picture, no icon. Our links stand below. */
export const tableMarkdown = ({ head, rows, links }: TooltipTable): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    line(head.map(({ title }) => plainMarkdown(title))),
    line(head.map(({ isNumber }) => (isNumber ? '--:' : ':--'))),
    ...rows.map((cells) => line(cells.map(plainMarkdown))),
  ];
  return [lines.join('\n'), links.map(linkMarkdown).join(' \\| ')].filter(Boolean).join('\n\n');
};

export const linkMarkdown = ({ title, command, arguments: given = [] }: TooltipLink): string =>
  `[${plainMarkdown(title)}](command:${command}?${encoded(JSON.stringify(given))})`;

/** Brackets, which would end the link, stay as they are in a part of an address. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll('(', '%28').replaceAll(')', '%29');

/** Every sign that may begin something in Markdown, also the colon of an address that nobody marked as one. */
export const plainMarkdown = (text: string): string => plainLine(text).replaceAll(/[!-/:-@[-`{-~]/g, '\\$&');

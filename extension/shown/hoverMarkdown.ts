import { linkMarkdown, plainMarkdown, type TooltipLink } from './tableMarkdown.ts';

/** What a hover says: a title, what belongs to it, one fact a line, and our links below. */
export interface HoverLook {
  readonly title: string;
  readonly description: string;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly links: readonly TooltipLink[];
}

/** As Markdown in which all text is only text. */
export const hoverMarkdown = ({ title, description, facts, links }: HoverLook): string =>
  [
    [`**${plainMarkdown(title)}**`, description === '' ? '' : plainMarkdown(description)].filter(Boolean).join('  \n'),
    facts.map(({ label, text }) => `${plainMarkdown(label)}: ${plainMarkdown(text)}`).join('  \n'),
    links.map(linkMarkdown).join(' \\| '),
  ]
    .filter(Boolean)
    .join('\n\n');

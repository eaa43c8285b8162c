/**
 * How VS Code reads a notification and a prompt (src/vs/base/common/linkedText.ts) and a label with icons
 * (src/vs/base/browser/ui/iconLabel/iconLabels.ts, src/vs/base/common/iconLabels.ts). A workbench test compares these patterns
 * with the VS Code that it runs.
 */
export const linkPattern = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
export const iconPattern = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;
const strippedIconPattern = /(\s)?(\\)?\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)(\s)?/g;

/** What a click could lead to. */
export const linksIn = (text: string): string[] => [...text.matchAll(linkPattern)].map(([, , href]) => href ?? '');
export const iconsIn = (text: string): string[] => [...text.matchAll(iconPattern)].map(([, , name]) => name ?? '');

/** A notification of progress takes icons out before it looks for links. */
export const linksInProgress = (text: string): string[] =>
  linksIn(
    text.replace(strippedIconPattern, (match, before?: string, escaped?: string, after?: string) =>
      escaped ? match : before || after || '',
    ),
  );

/** What comes from outside is text in a tooltip, never markup. */
export const plainMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');

import type { Locator } from 'playwright-core';

/** A row as it is drawn. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** The codicon's name, or `image` for a picture of the extension's own; null where there is none. */
  readonly icon: string | null;
  readonly level: number;
  readonly expanded: boolean | null;
}

/** The little of the DOM that is used here (the tests are compiled without its types). */
interface Element {
  readonly className: string;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
}

/** All rows that are drawn, from top to bottom. */
export const readRows = (rows: Locator): Promise<TreeRow[]> =>
  rows.evaluateAll((elements: Element[]) => {
    const position = (each: Element) => Number(each.getAttribute('data-index'));
    const iconOf = (row: Element): string | null => {
      const icon = row.querySelector('.custom-view-tree-node-item-icon');
      if (!icon) return null;
      return /\bcodicon-([\w-]+)/.exec(icon.className)?.[1] ?? 'image';
    };
    return elements
      .sort((a, b) => position(a) - position(b))
      .map((row) => ({
        label: row.querySelector('.label-name')?.textContent ?? '',
        description: row.querySelector('.label-description')?.textContent ?? '',
        spoken: row.getAttribute('aria-label') ?? '',
        icon: iconOf(row),
        level: Number(row.getAttribute('aria-level')),
        expanded: row.getAttribute('aria-expanded') === null ? null : row.getAttribute('aria-expanded') === 'true',
      }));
  });

/** Runs in the page: looks at a view again and again, and knows in the end how few rows it ever had. */
export const watchRows = (view: { querySelectorAll(selector: string): { readonly length: number } }) => {
  let fewest = Number.POSITIVE_INFINITY;
  const look = setInterval(() => {
    fewest = Math.min(fewest, view.querySelectorAll('.monaco-list-row').length);
  }, 5);
  return {
    stop: () => {
      clearInterval(look);
      return fewest;
    },
  };
};

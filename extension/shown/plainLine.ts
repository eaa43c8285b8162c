/** As much as a notification shows of one text. */
const longestLine = 1_000;

/**
 * Any text as one line of plain text, for every surface of VS Code. A notification takes `[label](command:…)` for a link, and
 * most labels take `$(name)` for an icon; neither knows an escape that all surfaces share, so a space breaks the pattern.
 * What would turn the writing direction or hide itself becomes visible, for two names that differ must not look the same.
 */
export const plainLine = (text: string, most = longestLine): string =>
  bounded(
    text
      .slice(0, farEnough(most))
      .toWellFormed()
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .replaceAll(hidden, '\ufffd')
      // Only now: what was taken out before could have stood between the two signs.
      .replaceAll('](', '] (')
      .replaceAll('$(', '$ (')
      .trim(),
    most,
  );

/** Text of others inside a sentence of ours: a sentence goes on after the longest name. */
export const partOf = (foreign: string): string => plainLine(foreign, 300);

/** Marks of direction, spaces without a width, tags. Scripts and emoji need joiners and variation selectors. */
const hidden = /[[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\ufe00-\ufe0f]]/gv;

/** Nobody reads on, so nothing is done to the rest: at worst, all of what is kept is white space that goes. */
const farEnough = (most: number): number => 8 * most;

/** Never cuts a sign of two code units in half. */
const bounded = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

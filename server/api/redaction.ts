/** Names whose values are not shown, unless the settings name others; `*` stands for anything, case does not matter. */
export const defaultRedactPatterns: readonly string[] = [
  '*password*',
  '*passwd*',
  '*pwd*',
  '*secret*',
  '*token*',
  '*api?key*',
  '*apikey*',
  '*access?key*',
  '*private?key*',
  '*credential*',
  'authorization',
];

/** What stands in the place of a secret, as Celery hides its own settings (celery/app/utils.py: filter_hidden_settings). */
export const mask = '********';

/** Names whose values are not shown, unless the settings name others; `*` stands for anything, case does not matter. */
export const defaultRedactPatterns: readonly string[] = [
  '*password*',
  '*passwd*',
  '*passphrase*',
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

/**
 * `scheme://user:password@`. A raw `/`, `@`, `;` or quote in the password belongs to it, unless it ends the URL: a quote
 * before a separator, a `;` before the next URL.
 */
const login =
  /\b([a-z][\w+.-]{0,30}:\/\/[^\s:@/'",;]*:)((?:[^\s;'"]|;(?![a-z][\w+.-]{0,30}:\/\/)|['"](?![,:;}\])\s]|$)){1,4000})(?=@)/gi;

/** The text without the passwords of the URLs in it. */
export const maskLogins = (text: string): string => text.replace(login, `$1${mask}`);

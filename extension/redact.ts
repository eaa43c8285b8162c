/** `scheme://user:password@`; a raw `/` or `@` in the password belongs to it. */
const password = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):\S*@/gi;

/** The text without the passwords of the URLs in it. */
export const redact = (text: string): string => text.replace(password, '$1:***@');

/**
 * A class that extends String, as ioredis has one, leaves String.prototype in V8's slow form; from then on each `charCodeAt`
 * of a loop looks the method up anew, and reading a task id takes four times as long. V8 brings a prototype back into its
 * fast form when it walks the chain of an object, which it never does for plain strings: so we have it walk one.
 */
export const keepStringsSwift = (): void => {
  for (const _ in Object('')) return;
};

const longestKind = 200;

/** The class of an exception by its repr: `ValueError('no such order')` is a ValueError. */
export const exceptionKind = (exception: string | null): string | null =>
  exception === null ? null : (/^[\w.]+/.exec(exception)?.[0] ?? exception).slice(0, longestKind);

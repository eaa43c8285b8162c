declare const covered: unique symbol;

/** What may leave the engine: an outlet has covered what looks like a secret in it. */
export type Shown<T> = T extends object ? T & { readonly [covered]: true } : T;

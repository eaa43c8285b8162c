/** The class and the words of an exception, as far as its repr tells: `ValueError('no such order')`. */
export interface ExceptionText {
  readonly type: string | null;
  readonly message: string;
}

const longestType = 200;

export const readExceptionRepr = (repr: string): ExceptionText => {
  const [, name, inside] = /^([A-Za-z_][\w.]*)(?:\(([\s\S]*?)\)?)?$/.exec(repr.trim()) ?? [];
  if (name === undefined) return { type: null, message: repr.trim() };
  const type = lastName(name).slice(0, longestType);
  return { type, message: unquoted((inside ?? '').replace(/,\s*$/, '').trim()) };
};

/** "shop.payments.PaymentDeclined" → "PaymentDeclined". */
export const lastName = (qualified: string): string => qualified.slice(qualified.lastIndexOf('.') + 1);

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A single string stands for itself; anything else stays as Python wrote it. */
const unquoted = (text: string): string => {
  const [, , inside] = /^(['"])((?:(?!\1)[^\\]|\\[\s\S])*)\1$/.exec(text) ?? [];
  if (inside === undefined) return text;
  return inside.replace(/\\([\s\S])/g, (_whole, sign: string) => escapes[sign] ?? sign);
};

/** What comes out of a debugger's socket: messages of the helper, and whatever the task prints in between. */
export type Speech =
  | { readonly kind: 'printed'; readonly text: string }
  | { readonly kind: 'message'; readonly message: unknown };

const end = '\u001f';

/** How a message begins. The token is new in each session, so no print can be taken for one. */
const beginning = (token: string): string => `\u001e${token}`;

/** Takes what has come so far; answers what is complete in it, and the rest to wait with. */
export const splitSpeech = (
  text: string,
  token: string,
): { readonly heard: readonly Speech[]; readonly rest: string } => {
  const heard: Speech[] = [];
  const mark = beginning(token);
  let rest = text;
  for (;;) {
    const at = startOf(rest, mark);
    if (at > 0) heard.push({ kind: 'printed', text: rest.slice(0, at) });
    rest = rest.slice(at);
    const until = rest.indexOf(end);
    if (!rest.startsWith(mark) || until < 0) return { heard, rest };
    heard.push(read(rest.slice(mark.length, until)));
    rest = rest.slice(until + end.length);
  }
};

/** Where a message begins, or what may still become the beginning of one; the end when there is neither. */
const startOf = (text: string, mark: string): number => {
  const whole = text.indexOf(mark);
  if (whole >= 0) return whole;
  const last = text.lastIndexOf(mark[0] ?? '');
  return last >= 0 && mark.startsWith(text.slice(last)) ? last : text.length;
};

const read = (json: string): Speech => {
  try {
    return { kind: 'message', message: JSON.parse(json) };
  } catch {
    return { kind: 'printed', text: json };
  }
};

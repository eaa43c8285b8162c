/** Reads an event stream over HTTP until it ends, and remembers which of its data is no JSON. */
export const readStream = async (url: string) => {
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal });
  const unreadable: string[] = [];
  const seen = { messages: 0 };
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const messages = `${rest}${chunk}`.split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) note(message);
    }
  };
  const note = (message: string): void => {
    const data = message.split('\n').find((line) => line.startsWith('data: '));
    if (data === undefined) return;
    seen.messages++;
    try {
      JSON.parse(data.slice('data: '.length));
    } catch {
      unreadable.push(message.slice(0, 200));
    }
  };
  const ended = read().catch(() => undefined);
  return {
    unreadable,
    seen,
    close: (): Promise<void> => {
      leaving.abort();
      return ended;
    },
  };
};

const longest = 300;

/** What an exception says without what differs each time: ids, numbers, addresses, quoted values. */
export const normaliseMessage = (message: string): string =>
  message
    .slice(0, 2_000)
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '#')
    .replace(/\b0x[0-9a-f]+\b/gi, '#')
    .replace(/(?<![\w'])'(?:[^'\\\n]|\\.)*'(?!\w)/g, "'…'")
    .replace(/(?<![\w"])"(?:[^"\\\n]|\\.)*"(?!\w)/g, '"…"')
    .replace(/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g, '@')
    .replace(/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, '#')
    .replace(/\d+(?:[.,:]\d+)*(?:e[+-]?\d+)?/gi, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest);

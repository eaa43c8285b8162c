/** Shorter than this, V8 copies by itself. */
const shortestSlice = 13;

/**
 * A text that keeps nothing else in memory. What was cut from a longer text is to V8 a view of that text, and holds all of
 * it: a name of twenty characters then holds the message of a megabyte in which it came. To cut from what was put together,
 * V8 first writes that out, so that the view is one of the copy; `structuredClone` takes many times as long.
 */
export const ownCopy = (text: string): string => (text.length < shortestSlice ? text : ` ${text}`.slice(1));

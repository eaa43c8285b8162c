import { maskBrokerUrl } from '../../brokers/url.ts';
import { cutTo } from '../../text/displayWidth.ts';
import { printable } from '../../text/wording.ts';

const longest = 80;

/** What was typed, to be shown in a sentence: without the password that may have been typed in the wrong place. */
export const quoted = (text: string): string =>
  `"${cutTo(printable(text.includes('://') || text.includes('@') ? maskBrokerUrl(text) : text), longest)}"`;

import { redact } from '../redact.ts';

/** `'password': 'x'`, `token='x'`, `"secret": 12`: the value after a name that says what it is. */
const named =
  /(['"]?\b\w{0,40}(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|api_?key|access_?key|private_?key|authorization)\w{0,40}['"]?\s{0,3}[:=]\s{0,3})(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[^\s,)}\]'"]+)/gi;

/** What leaves the editor in a report: without the passwords of URLs and without values whose names call them secret. */
export const redactReport = (text: string): string => redact(text).replace(named, '$1***');

import type { Outlet } from '../../outlet/outlet.ts';
import type { Shown } from '../../outlet/shown.ts';
import type { Body, WholeAnswer } from './answer.ts';

/** An answer as it goes to the socket. */
type EncodedAnswer = WholeAnswer & { readonly body: Buffer };

/** The one place of this face where anything becomes JSON, and it only takes what was covered. */
export const jsonText = (value: Shown<object>): string => JSON.stringify(value);

export const encodedAnswer = (answer: WholeAnswer, outlet: Outlet): EncodedAnswer => ({
  ...answer,
  body: encoded(answer.body, outlet),
});

const encoded = (body: Body, outlet: Outlet): Buffer => {
  if (typeof body === 'string') return Buffer.from(body);
  return Buffer.isBuffer(body) ? body : Buffer.from(`${jsonText(outlet.answer(body.json))}\n`);
};

import { createInterface } from 'node:readline';
import { CeleriacError } from '../../api/errors.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './usageError.ts';

const isTerminal = (stream: NodeJS.ReadableStream): boolean => 'isTTY' in stream && stream.isTTY === true;

/** Whether a person can be asked. */
export const canAsk = ({ input, terminal }: CommandContext): boolean => isTerminal(input) && terminal.isHeard;

/** Where nobody can be asked, and --yes was not given, the command is refused. */
export const requireConsent = (context: CommandContext, deed: string): void => {
  if (context.options.yes || canAsk(context)) return;
  throw new UsageError(`${deed} requires confirmation, and this is not a terminal. Add --yes.`);
};

/** Says the details and asks, unless --yes was given; throws when the answer is not yes. */
export const askConsent = async (
  context: CommandContext,
  question: string,
  details: readonly string[] = [],
): Promise<void> => {
  if (context.options.yes) return;
  for (const sentence of details) context.terminal.say(sentence);
  const answer = await ask(context, `${question} [y/N] `);
  if (/^\s*y(es)?\s*$/i.test(answer)) return;
  throw new CeleriacError('cancelled', 'Nothing was done.');
};

/** The end of the input counts as no. */
const ask = async ({ input, terminal, interruption }: CommandContext, question: string): Promise<string> => {
  terminal.ask(question);
  const reader = createInterface({ input });
  const close = (): void => reader.close();
  interruption.addEventListener('abort', close, { once: true });
  try {
    return await new Promise<string>((resolve) => {
      reader.once('line', resolve);
      reader.once('close', () => resolve(''));
    });
  } finally {
    interruption.removeEventListener('abort', close);
    reader.close();
  }
};

import { NotReadable } from '../../../files/notReadable.ts';
import { readBounded } from '../../../files/readBounded.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../usageError.ts';

const largestTokenBytes = 65_536;

/** The token of a server, and where it came from; never from the command line, which others on this machine can read. */
export const readToken = ({
  options,
  environment,
}: Pick<CommandContext, 'options' | 'environment'>): { readonly token: string | null; readonly source: string } => {
  const file = options['token-file'];
  if (file !== undefined) return { token: tokenIn(file), source: file };
  return { token: environment['CELERIAC_TOKEN']?.trim() || null, source: 'CELERIAC_TOKEN' };
};

export const tokenIn = (file: string): string => {
  try {
    return readBounded(file, largestTokenBytes).toString('utf8').trim();
  } catch (error) {
    throw new UsageError(`The token file ${file} cannot be read: ${NotReadable.from(error).reason}.`);
  }
};

import { NotReadable } from '../../files/notReadable.ts';
import { readBounded } from '../../files/readBounded.ts';
import { type AccessRules, isLoopback } from '../http/access.ts';
import { Proxies } from '../http/proxies.ts';
import type { CommandContext } from './context.ts';
import { tokenDefect } from './tokenDefect.ts';
import { UsageError } from './usageError.ts';

/** Who may ask the server, by its options and environment; whatever leaves it open to strangers is refused. */
export const readAccess = (
  { options, environment }: Pick<CommandContext, 'options' | 'environment'>,
  host: string,
): { readonly rules: AccessRules; readonly proxies: Proxies } => {
  const token = readToken(options['token-file'], environment['CELERIAC_TOKEN']);
  const trustedHeader = options['trusted-header'] ?? null;
  const trustedProxies = options['trusted-proxy'] ?? [];
  if (!isLoopback(host) && token === null && trustedHeader === null)
    throw new UsageError(
      `Anyone who can reach ${host} could read everything. Set a token with --token-file or CELERIAC_TOKEN, or name the header of a proxy with --trusted-header.`,
    );
  if (!isLoopback(host) && trustedHeader !== null && trustedProxies.length === 0)
    throw new UsageError(
      `Anyone who can reach ${host} could send the header ${trustedHeader}. Name the addresses of the proxy with --trusted-proxy.`,
    );
  const hosts = ['localhost', '127.0.0.1', '[::1]', host.toLowerCase(), ...(options['allowed-host'] ?? [])];
  return { rules: { hosts, token, trustedHeader }, proxies: new Proxies(trustedProxies) };
};

const largestTokenBytes = 65_536;

const readToken = (file: string | undefined, fromEnvironment: string | undefined): string | null => {
  const [token, source] =
    file === undefined ? [fromEnvironment?.trim() ?? '', 'CELERIAC_TOKEN'] : [tokenIn(file), file];
  if (file === undefined && token === '') return null;
  const defect = tokenDefect(token);
  if (defect !== null) throw new UsageError(`The token in ${source} ${defect}`);
  return token;
};

const tokenIn = (file: string): string => {
  try {
    return readBounded(file, largestTokenBytes).toString('utf8').trim();
  } catch (error) {
    throw new UsageError(`The token file ${file} cannot be read: ${NotReadable.from(error).reason}.`);
  }
};

import type { CommandContext } from './context.ts';
import { tokenIn } from './remote/readToken.ts';
import { tokenDefect } from './tokenDefect.ts';
import { UsageError } from './usageError.ts';

/** Who may ask, and which addresses are proxies in front. */
interface ServeAccess {
  readonly rules: {
    readonly hosts: readonly string[];
    readonly token: string | null;
    readonly trustedHeader: string | null;
  };
  readonly proxies: readonly string[];
}

/** Who may ask the server, by its options and environment; whatever leaves it open to strangers is refused. */
export const readAccess = (
  { options, environment }: Pick<CommandContext, 'options' | 'environment'>,
  host: string,
): ServeAccess => {
  const token = readToken(options['token-file'], environment['CELERIAC_TOKEN']);
  const trustedHeader = options['trusted-header'] ?? null;
  const trustedProxies = options['trusted-proxy'] ?? [];
  if (!isLoopback(host) && token === null && trustedHeader === null)
    throw new UsageError(
      `Anyone who can reach ${host} could read everything. Set a token with --token-file or CELERIAC_TOKEN, or the header of an authenticating proxy with --trusted-header.`,
    );
  if (!isLoopback(host) && trustedHeader !== null && trustedProxies.length === 0)
    throw new UsageError(
      `Anyone who can reach ${host} could send the header ${trustedHeader}. Restrict it to the proxy with --trusted-proxy.`,
    );
  const hosts = ['localhost', '127.0.0.1', '[::1]', host.toLowerCase(), ...(options['allowed-host'] ?? [])];
  return { rules: { hosts, token, trustedHeader }, proxies: trustedProxies };
};

const readToken = (file: string | undefined, fromEnvironment: string | undefined): string | null => {
  const [token, source] =
    file === undefined ? [fromEnvironment?.trim() ?? '', 'CELERIAC_TOKEN'] : [tokenIn(file), file];
  if (file === undefined && token === '') return null;
  const defect = tokenDefect(token);
  if (defect !== null) throw new UsageError(`The token in ${source} ${defect}`);
  return token;
};

/** Whether an address can only be reached from this machine. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || address === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(address);

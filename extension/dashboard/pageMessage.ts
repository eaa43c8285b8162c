import { codePageRequests, type PageMessage, pageRequests } from '../../server/api/page.ts';

/** What a page may have sent; null: it is nothing that a page of ours sends. */
export const pageMessageFrom = (message: unknown, commands: readonly string[]): PageMessage | null => {
  if (typeof message !== 'object' || message === null || !('kind' in message) || !('id' in message)) return null;
  const { kind, id } = message;
  if (typeof id !== 'number') return null;
  if (kind === 'ask' && 'name' in message && 'params' in message) {
    const name = [...pageRequests, ...codePageRequests].find((each) => each === message.name);
    return name ? { kind, id, name, params: message.params } : null;
  }
  if (kind === 'act' && 'command' in message && 'args' in message && Array.isArray(message.args)) {
    const command = commands.find((each) => each === message.command);
    return command ? { kind, id, command, args: message.args } : null;
  }
  return null;
};

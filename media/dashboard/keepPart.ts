import type { Host } from '../page/host.ts';

/** Keeps a part of the page's view, beside what others keep of it. */
export const keepPart = (host: Host, part: object): void =>
  host.keep({ ...(typeof host.kept === 'object' ? host.kept : null), ...part });

export const keptPart = (host: Host, name: string): unknown =>
  typeof host.kept === 'object' && host.kept !== null ? Reflect.get(host.kept, name) : undefined;

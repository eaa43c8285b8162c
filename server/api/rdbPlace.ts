/** Where a task waits for a debugger. */
export interface RdbPlace {
  readonly host: string;
  readonly port: number;
}

export const placeName = ({ host, port }: RdbPlace): string => `${host}:${port}`;

/** A place, or the first of some ports that are tried in order. */
export interface SearchedPlace extends RdbPlace {
  readonly searchPorts?: number;
}

/** celery.contrib.rdb: port_search_limit. */
export const searchedPorts = 101;

/** celery.contrib.rdb: DEFAULT_PORT. The children of a pool take the ports above it. */
export const firstPort = 6899;

const placePattern = /^(?:\[([^\]]+)\]|([^\s:]*))?[\s:]*(\d{2,5})?$/;

/** `6900`, `host:6900`, `host 6900`, `[::1]:6900`, or the words of the banner, `telnet host 6900`; null: none of these. */
export const readPlace = (text: string): RdbPlace | null => {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return placeOf('127.0.0.1', trimmed);
  const [, bracketed, plain, port] = placePattern.exec(trimmed.replace(/^(?:telnet|tcp:\/\/)/, '').trimStart()) ?? [];
  const host = bracketed || plain;
  return host && port ? placeOf(host, port) : null;
};

/** What rdb writes into the log of a worker. */
const banner = /telnet (\S+) (\d{2,5})/;

/** The place that a line of a log names, and where in the line it stands. */
export const placeInLine = (
  line: string,
): { readonly at: number; readonly text: string; readonly place: RdbPlace } | null => {
  if (!/Remote Debugger|Ready to connect/.test(line)) return null;
  const found = banner.exec(line);
  const place = found ? placeOf(found[1] ?? '', found[2] ?? '') : null;
  return found && place ? { at: found.index, text: found[0], place } : null;
};

const placeOf = (host: string, port: string): RdbPlace | null => {
  const number = Number(port);
  // A worker that listens on every address is met on this machine.
  return number > 0 && number < 65_536 ? { host: host === '0.0.0.0' ? '127.0.0.1' : host, port: number } : null;
};

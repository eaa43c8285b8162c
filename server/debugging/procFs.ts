import { readdir, readFile, readlink, stat } from 'node:fs/promises';

/** The processes of this machine, the youngest first: what somebody looks for has often just been started. */
export const processIds = async (): Promise<readonly number[]> => {
  const names = await readdir('/proc').catch(() => []);
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
};

/** A file that Linux keeps of a process; null: there is no such process, or this user may not read it. */
export const textOf = (pid: number | 'self', file: string): Promise<string | null> => systemText(`${pid}/${file}`);

/** A file that Linux keeps of the whole machine; null: there is none. */
export const systemText = (file: string): Promise<string | null> => readFile(`/proc/${file}`, 'utf8').catch(() => null);

/** What a link of a process points to, such as `exe`, `cwd` or `fd/2`. */
export const linkOf = (pid: number, link: string): Promise<string | null> =>
  readlink(`/proc/${pid}/${link}`).catch(() => null);

/** The words that a process was started with, or its variables. */
export const wordsOf = async (pid: number, file: 'cmdline' | 'environ'): Promise<readonly string[]> =>
  ((await textOf(pid, file)) ?? '').split('\0');

/** The user whom a process runs as. */
export const ownerOf = (pid: number): Promise<number | null> =>
  stat(`/proc/${pid}`).then(
    ({ uid }) => uid,
    () => null,
  );

/** The numbers of the sockets that a process holds. */
export const socketsOf = async (pid: number): Promise<readonly string[]> => {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(names.map((name) => linkOf(pid, `fd/${name}`)));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? []);
};

import { tmpdir } from 'node:os';
import { newerDebian } from '../../scripts/setup/newerDebian.ts';
import { execute } from './execute.ts';
import { LabLacks } from './labLacks.ts';

/** Runs a program, with what its command line begins with. */
export type Launcher = (
  program: string,
  args?: readonly string[],
) => { readonly command: string; readonly args: string[] };

/** As it is. */
export const onThisMachine: Launcher = (command, args = []) => ({ command, args: [...args] });

/**
 * In the newer Debian below `.tools`. Its mounts are seen by that process alone and end with it; folders of the lab have the
 * same names there. The process id stays that of the program.
 */
export const insideNewerDebian = async (): Promise<Launcher> => {
  const root = newerDebian();
  if (root === undefined)
    throw new LabLacks('there is no newer Debian (root on Debian makes one: npm run test:contract)');
  const launcher: Launcher = (program, args = []) => ({
    command: 'unshare',
    args: ['--mount', '--propagation', 'private', 'sh', '-c', enter, root, tmpdir(), program, ...args],
  });
  const { command, args } = launcher('/bin/true');
  const { code, stderr } = await execute(command, args);
  if (code !== 0)
    throw new LabLacks(`programs of the newer Debian cannot be run here (${stderr.trim().split('\n').at(-1)})`);
  return launcher;
};

const enter = [
  'mkdir -p "$0$1"',
  'mount --bind "$1" "$0$1"',
  'mount -t proc proc "$0/proc"',
  'mount --rbind /dev "$0/dev"',
  'root=$0; shift; exec chroot "$root" "$@"',
].join(' && ');

import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages } from './debian.ts';
import { withLock } from './lock.ts';
import { run } from './venv.ts';

type Say = (sentence: string) => void;

const release = 'trixie';
const packages = ['rabbitmq-server', 'redis-server', 'ca-certificates'];
const tools = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.tools');
const folder = join(tools, `debian-${release}`);
/** Written last, so that a half-made system has none. */
const stamp = join(folder, '.celeriac-ready');

/** The root of a Debian that has newer brokers than this one (Redis 8, RabbitMQ 4); undefined: it was not made yet. */
export const newerDebian = (): string | undefined => (existsSync(stamp) ? folder : undefined);

/**
 * Makes it from Debian's packages below `.tools`, which takes a minute and 400 MB, once. Programs of it run in a chroot, for
 * which one has to be root. Throws why it could not be made.
 */
export const ensureNewerDebian = async (say: Say = console.log): Promise<string> =>
  newerDebian() ?? withLock(`${folder}.lock`, async () => newerDebian() ?? make(say));

const make = async (say: Say): Promise<string> => {
  const [missing] = await ensureDebianPackages([{ command: 'debootstrap', package: 'debootstrap' }], say);
  if (missing !== undefined) throw new Error(`it takes debootstrap, and ${missing.reason}`);
  if (process.getuid?.() !== 0) throw new Error('only root may make one');
  say(`making a Debian ${release} with ${packages.slice(0, 2).join(' and ')} in ${folder} …`);
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(tools, { recursive: true });
  const done = await run('debootstrap', ['--variant=minbase', `--include=${packages.join(',')}`, release, half]);
  if (done.code !== 0) {
    rmSync(half, { recursive: true, force: true });
    throw new Error(`debootstrap failed: ${done.output.split('\n').at(-1)}`);
  }
  rmSync(join(half, 'var', 'cache', 'apt'), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
  writeFileSync(stamp, `${packages.join(' ')}\n`);
  return folder;
};

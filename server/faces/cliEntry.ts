import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keepCompiled } from './keepCompiled.ts';

/** The oldest Node that has all that the engine uses: node:sqlite, Promise.withResolvers, Map.groupBy. */
const needed = '22.13';

/**
 * What `celeriac` runs first. It is built for old Nodes too, so that one that is too old answers with a sentence instead of
 * a fault. On the others, the next command starts in half the time.
 */
const start = (): void => {
  if (!isNewEnough(process.versions.node)) refuse();
  else {
    keepCompiled();
    require(join(__dirname, 'cli', 'main.js'));
  }
};

const isNewEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
};

const refuse = (): void => {
  const bringsNode = existsSync(join(__dirname, '..', 'celeriac'));
  const way = bringsNode
    ? 'run ./celeriac in the folder of the project, which finds or installs it'
    : 'install it from https://nodejs.org';
  process.stderr.write(
    `celeriac: Node ${needed} or newer is needed, and this is Node ${process.versions.node}: ${way}.\n`,
  );
  process.exitCode = 1;
};

start();

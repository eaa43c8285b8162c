// The door of every npm script. Runs on whatever Node is installed, brings the pinned Node and the dependencies, then
// hands over to scripts/<command>.ts under that Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wantedMajor = 24;
const say = (sentence) => console.log(`celeriac: ${sentence}`);

class SetupError extends Error {}

/** Runs npm without its own say, with the given Node; npm itself is the one that runs us, or the one on the PATH. */
const npm = (node, args, cwd) => {
  const own = process.env.npm_execpath;
  const [command, ...head] = own?.endsWith('.js') ? [node, own] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(name)) delete env[name];
  const done = spawnSync(command, [...head, ...args], { cwd, env, encoding: 'utf8', shell: command === 'npm.cmd' });
  if (done.error || done.status !== 0)
    throw new SetupError(
      `npm ${args[0]} failed in ${cwd}. Check that the npm registry can be reached, then run the command again.\n${done.error ?? done.stderr.trim()}`,
    );
};

/** Runs `npm ci` where its lock file has changed since the last time. */
const installOnce = (node, folder, what) => {
  const stamp = join(folder, 'node_modules', '.celeriac-installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say(`installing ${what} …`);
  npm(node, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
};

const pinnedNode = () => {
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  if (platform === 'darwin')
    throw new SetupError(
      `Node ${process.versions.node} is too old here. Install Node ${wantedMajor} and run this again.`,
    );
  const folder = join(root, 'scripts', 'node');
  installOnce(process.execPath, folder, `Node ${wantedMajor} for this project`);
  const binary = join(
    folder,
    'node_modules',
    `node-${platform}-${process.arch}`,
    'bin',
    platform === 'win' ? 'node.exe' : 'node',
  );
  if (!existsSync(binary))
    throw new SetupError(
      `npm has no Node ${wantedMajor} for ${platform} on ${process.arch}. Install it and run this again.`,
    );
  return binary;
};

const main = () => {
  const [command, ...args] = process.argv.slice(2);
  const script = ['.ts', '.mjs'].map((ending) => join(root, 'scripts', command + ending)).find(existsSync);
  if (!script) throw new SetupError(`there is no command "${command ?? ''}" in scripts/.`);
  const node = pinnedNode();
  installOnce(node, root, 'the dependencies');
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const child = spawn(node, [script, ...args], { cwd: root, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
};

try {
  main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`celeriac: ${error.message}`);
  process.exit(1);
}

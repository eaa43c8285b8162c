import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ensureVsCodeHost, type VsCodeHost } from '../../../scripts/setup/vscodeHost.ts';
import { Keeper } from '../../lab/keeper.ts';
import { quietSettings, type Settings, trustEverything, trustNothing } from './userSettings.ts';

export interface VsCodeOptions {
  /** An empty folder unless named. */
  readonly workspace?: string;
  /** Installed as a user would install it. */
  readonly vsix?: string;
  /** Folders of extensions that `openWorkbench` loads from where they lie. */
  readonly developmentExtensions?: readonly string[];
  readonly settings?: Settings;
  /** False leaves the workspace untrusted. */
  readonly trust?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** How long to keep what belongs to a window that has vanished without a word; hours, unless named. */
  readonly windowGraceSeconds?: number;
  /** A free one unless named. */
  readonly port?: number;
  readonly say?: (sentence: string) => void;
}

/** A running VS Code: the server side, to which any number of windows (browser pages) connect. */
export interface VsCode {
  readonly url: string;
  readonly port: number;
  /** All that it writes is in here, and goes with it. */
  readonly folder: string;
  readonly host: VsCodeHost;
  readonly developmentExtensions: readonly string[];
  /** Settles when an extension host has ended, with the server's words about it. */
  readonly extensionHostExited: Promise<string>;
  log(): string;
  /** The log files of VS Code and its extensions, one after the other. */
  logFiles(): string;
  changeSettings(settings: Settings): void;
  /** Resolves when all its processes are gone and its folder is removed. */
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

/** Starts a VS Code of its own: nothing of it is shared with another, nothing of it stays. */
export const startVsCode = async (options: VsCodeOptions): Promise<VsCode> => {
  const host = await ensureVsCodeHost(options.say ?? (() => undefined));
  const keeper = new Keeper();
  try {
    return await start(options, host, keeper);
  } catch (error) {
    await keeper.close();
    throw error;
  }
};

const start = async (options: VsCodeOptions, host: VsCodeHost, keeper: Keeper): Promise<VsCode> => {
  const { folder } = keeper;
  const files = layOut(folder);
  // A remote VS Code reads what belongs to a machine (scope "machine") from the second file only. What it has written there
  // itself stays.
  const changeSettings = (changed: Settings): void => {
    for (const file of files.settings)
      writeFileSync(file, JSON.stringify({ ...readSettings(file), ...changed }, null, 2));
  };
  const trust = options.trust === false ? trustNothing : trustEverything;
  changeSettings({ ...quietSettings, ...trust, ...options.settings });
  const common = ['--config', files.config, '--user-data-dir', files.data, '--extensions-dir', files.extensions];
  const env = environment(keeper, options.env ?? {});
  if (options.vsix) await installExtension(host, [...common, '--install-extension', resolve(options.vsix)], env);
  const flags = [...common, ...serverFlags, '--bind-addr', `127.0.0.1:${options.port ?? 0}`];
  if (options.windowGraceSeconds) flags.push('--reconnection-grace-time', String(options.windowGraceSeconds));
  if (options.trust !== false) flags.push('--disable-workspace-trust');
  const server = spawn(host.node, [host.entry, ...flags], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (server.pid) keeper.watch(server.pid);
  const { listening, extensionHostExited, log } = watch(server);
  const port = await listening;
  return {
    url: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(resolve(options.workspace ?? files.workspace))}`,
    port,
    folder,
    host,
    developmentExtensions: (options.developmentExtensions ?? []).map((each) => resolve(each)),
    extensionHostExited,
    log,
    logFiles: () => readLogs(join(files.data, 'logs')),
    changeSettings,
    stop: () => keeper.close(),
  };
};

const serverFlags = [
  '--auth=none',
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-getting-started-override',
  '--disable-proxy',
];

const readSettings = (file: string): Settings => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

const readLogs = (folder: string): string =>
  globSync('**/*.log', { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

const layOut = (folder: string) => {
  const data = join(folder, 'data');
  const extensions = join(folder, 'extensions');
  const [user, machine] = [join(data, 'User'), join(data, 'Machine')];
  const workspace = join(folder, 'workspace');
  for (const each of [user, machine, extensions, workspace]) mkdirSync(each, { recursive: true });
  const settings = [join(user, 'settings.json'), join(machine, 'settings.json')];
  return { data, extensions, workspace, settings, config: join(folder, 'config.yaml') };
};

/** Everything that code-server would write into the home folder goes to ours. */
const environment = ({ folder, mark }: Keeper, added: Readonly<Record<string, string>>): NodeJS.ProcessEnv => {
  const env: NodeJS.ProcessEnv = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', TMPDIR: folder };
  for (const name of ['CONFIG_HOME', 'DATA_HOME', 'CACHE_HOME', 'RUNTIME_DIR']) env[`XDG_${name}`] = folder;
  // What the terminal of another VS Code, or Node's test runner, tells its children is not meant for this one.
  for (const name of ['VSCODE_IPC_HOOK_CLI', 'NODE_OPTIONS', 'NODE_TEST_CONTEXT']) delete env[name];
  return { ...env, ...added, ...mark };
};

const installExtension = async (host: VsCodeHost, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> => {
  const { stdout, stderr } = await promisify(execFile)(host.node, [host.entry, ...args], { env });
  if (!/was successfully installed/.test(stdout)) throw new Error(`VS Code refused the extension:\n${stdout}${stderr}`);
};

/** Reads what the server says: where it listens, and which extension host has ended. */
const watch = (server: ChildProcess) => {
  let text = '';
  const listening = Promise.withResolvers<number>();
  const extensionHostExited = Promise.withResolvers<string>();
  const timer = setTimeout(() => fail(`did not listen within ${startLimitMs / 1000} s`), startLimitMs);
  const fail = (why: string): void => listening.reject(new Error(`VS Code ${why}:\n${text}`));
  const read = (chunk: Buffer): void => {
    text += chunk.toString();
    const port = /HTTP server listening on \S+?:(\d+)/.exec(text)?.[1];
    if (port) listening.resolve(Number(port));
    const exit = /Extension Host Process exited with code: [^\n]*/.exec(text)?.[0];
    if (exit) extensionHostExited.resolve(exit);
  };
  server.stdout?.on('data', read);
  server.stderr?.on('data', read);
  void once(server, 'exit').then(([code, signal]) => fail(`ended at once (${code ?? signal})`));
  void listening.promise.catch(() => undefined).finally(() => clearTimeout(timer));
  return { listening: listening.promise, extensionHostExited: extensionHostExited.promise, log: () => text };
};

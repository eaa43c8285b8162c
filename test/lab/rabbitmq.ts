import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCommand } from '../../scripts/setup/debian.ts';
import type { Broker, Faults } from './broker.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { canConnect } from './connect.ts';
import { execute } from './execute.ts';
import { freePort } from './freePort.ts';
import { insideNewerDebian, type Launcher, onThisMachine } from './insideNewerDebian.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { Server } from './server.ts';

export interface RabbitmqOptions {
  /** 'mutual' also asks the client for a certificate. There is no plain port then. */
  readonly tls?: boolean | 'mutual';
  /** The management plugin, and its URL. Adds two or three seconds to the start. */
  readonly management?: boolean;
  /** RabbitMQ 4, from a newer Debian than this one; left out: the one that is installed. */
  readonly isNewest?: boolean;
  /** Lines of rabbitmq.conf. */
  readonly config?: Readonly<Record<string, string>>;
}

export interface LabRabbitmq extends Broker, Faults, Partial<Certificates> {
  readonly host: string;
  readonly port: number;
  readonly nodename: string;
  /** With user and password; undefined without the plugin. */
  readonly managementUrl?: string;
  /** rabbitmqctl; an error is thrown with its words. */
  ctl(args: readonly string[]): Promise<string>;
  output(): string;
}

const host = '127.0.0.1';

export const startRabbitmq = async (
  keeper: Keeper,
  name: string,
  options: RabbitmqOptions = {},
): Promise<LabRabbitmq> => {
  const launch = options.isNewest ? await insideNewerDebian() : onThisMachine;
  const bin = options.isNewest ? newestBinaries : await binaries();
  const folder = join(keeper.folder, name);
  mkdirSync(folder);
  const certificates = options.tls ? await makeCertificates(folder) : undefined;
  const ports = { amqp: await freePort(), epmd: await freePort(), distribution: await freePort() };
  const managementPort = options.management ? await freePort() : undefined;
  const nodename = `${name}@localhost`;
  const env = { ...nodeEnvironment(folder, nodename, ports), HOME: folder };
  writeFileSync(join(folder, '.erlang.cookie'), 'CELERIACLAB', { mode: 0o400 });
  writeFileSync(join(folder, 'rabbitmq.conf'), configuration(ports.amqp, managementPort, certificates, options));
  writeFileSync(join(folder, 'enabled_plugins'), options.management ? '[rabbitmq_management].\n' : '[].\n');

  const epmdArgs = ['-port', String(ports.epmd), '-address', host];
  const epmdLog = join(folder, 'epmd.log');
  const epmd = new Server(keeper, { name: `${name}'s epmd`, ...launch(bin.epmd, epmdArgs), env, log: epmdLog });
  await epmd.start(() => canConnect(host, ports.epmd));
  const log = join(folder, 'rabbitmq.log');
  const server = new Server(keeper, { name, ...launch(bin.server), env, cwd: folder, log });
  const start = () =>
    server.start(
      async () => server.output().includes('Server startup complete') && canConnect(host, ports.amqp),
      90_000,
    );
  await start();
  const { url, useSsl } = howToConnect(ports.amqp, certificates, options.tls === 'mutual');
  return {
    url,
    ...(useSsl === undefined ? {} : { useSsl }),
    ...(managementPort === undefined ? {} : { managementUrl: `http://guest:guest@${host}:${managementPort}` }),
    ...certificates,
    host,
    port: ports.amqp,
    nodename,
    get pid() {
      return server.pid;
    },
    ctl: (args) => rabbitmqctl(launch, bin.ctl, nodename, env, args),
    start,
    output: () => server.output(),
    stop: () => server.stop(),
    kill: () => server.kill(),
    pause: () => server.pause(),
    resume: () => server.resume(),
  };
};

/** Debian puts a wrapper on the PATH that changes user and folders; the real scripts are here. */
const debian = '/usr/lib/rabbitmq/bin';
const newestBinaries = {
  server: `${debian}/rabbitmq-server`,
  ctl: `${debian}/rabbitmqctl`,
  epmd: '/usr/bin/epmd',
};

const binaries = async (): Promise<{ server: string; ctl: string; epmd: string }> => {
  const onPath = await findCommand('rabbitmq-server');
  const epmd = await findCommand('epmd');
  if (onPath === undefined || epmd === undefined)
    throw new LabLacks('rabbitmq-server is not installed (Debian: apt-get install rabbitmq-server)');
  const folder = existsSync(debian) ? debian : dirname(realpathSync(onPath));
  return { server: join(folder, 'rabbitmq-server'), ctl: join(folder, 'rabbitmqctl'), epmd };
};

interface Ports {
  readonly amqp: number;
  readonly epmd: number;
  readonly distribution: number;
}

const nodeEnvironment = (folder: string, nodename: string, ports: Ports): Record<string, string> => ({
  // Names beyond ASCII are given to rabbitmqctl, whatever the language of the shell that started the tests.
  LC_ALL: 'C.UTF-8',
  RABBITMQ_NODENAME: nodename,
  RABBITMQ_DIST_PORT: String(ports.distribution),
  RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
  RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
  RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  RABBITMQ_MNESIA_BASE: join(folder, 'data'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_LOGS: '-',
  RABBITMQ_PID_FILE: join(folder, 'pid'),
  // Two schedulers that do not spin while they wait: the machine has other work to do.
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: `-start_epmd false -kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none`,
  // Makes the script become the server instead of staying its parent, so that its pid is the server's.
  RUNNING_UNDER_SYSTEMD: 'true',
  ERL_EPMD_PORT: String(ports.epmd),
  ERL_EPMD_ADDRESS: host,
});

const configuration = (
  port: number,
  managementPort: number | undefined,
  certificates: Certificates | undefined,
  { tls, config }: RabbitmqOptions,
): string => {
  const lines = certificates ? tlsLines(port, certificates, tls === 'mutual') : [`listeners.tcp.1 = ${host}:${port}`];
  if (managementPort !== undefined)
    lines.push(`management.tcp.ip = ${host}`, `management.tcp.port = ${managementPort}`);
  for (const [key, value] of Object.entries(config ?? {})) lines.push(`${key} = ${value}`);
  return `${lines.join('\n')}\n`;
};

const tlsLines = (port: number, { caFile, certFile, keyFile }: Certificates, mutual: boolean): string[] => [
  'listeners.tcp = none',
  `listeners.ssl.1 = ${host}:${port}`,
  `ssl_options.cacertfile = ${caFile}`,
  `ssl_options.certfile = ${certFile}`,
  `ssl_options.keyfile = ${keyFile}`,
  `ssl_options.verify = ${mutual ? 'verify_peer' : 'verify_none'}`,
  `ssl_options.fail_if_no_peer_cert = ${mutual}`,
];

const howToConnect = (port: number, certificates: Certificates | undefined, mutual: boolean): Broker => {
  if (!certificates) return { url: `amqp://guest:guest@${host}:${port}//` };
  const { caFile, certFile, keyFile } = certificates;
  const own: Record<string, string> = mutual ? { certfile: certFile, keyfile: keyFile } : {};
  return {
    url: `amqps://guest:guest@${host}:${port}//`,
    useSsl: { ca_certs: caFile, cert_reqs: 'CERT_REQUIRED', ...own },
  };
};

const rabbitmqctl = async (
  launch: Launcher,
  ctl: string,
  nodename: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string> => {
  // Its start-up arguments are for the server; here they would only be warned about.
  const { RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: _, ...own } = env;
  const { command, args: words } = launch(ctl, ['-n', nodename, ...args]);
  const { stdout, stderr, code } = await execute(command, words, { env: own });
  if (code !== 0) throw new Error(`rabbitmqctl ${args.join(' ')}: ${(stderr || stdout).trim()}`);
  return stdout.trim();
};

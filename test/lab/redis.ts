import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../../scripts/setup/debian.ts';
import type { Broker, Faults } from './broker.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { execute } from './execute.ts';
import { freePort } from './freePort.ts';
import { insideNewerDebian, onThisMachine } from './insideNewerDebian.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { Server } from './server.ts';

export interface RedisOptions {
  /** 'mutual' also asks the client for a certificate. */
  readonly tls?: boolean | 'mutual';
  readonly password?: string;
  /** An ACL user; the default user is then switched off. Rules as in redis.conf: "~* &* +@all". */
  readonly user?: { readonly name: string; readonly password: string; readonly rules: string };
  /** The URL then names the socket; the port is open as well. */
  readonly unixSocket?: boolean;
  /** Redis 8, from a newer Debian than this one; left out: the one that is installed. */
  readonly isNewest?: boolean;
  /** Lines of redis.conf. Nothing is kept over a restart unless this says so: {appendonly: 'yes'}. */
  readonly config?: Readonly<Record<string, string>>;
}

export interface LabRedis extends Broker, Faults, Partial<Certificates> {
  readonly host: string;
  readonly port: number;
  readonly socket?: string;
  /** redis-cli as an administrator. An error reply is thrown. */
  cli(args: readonly string[]): Promise<string>;
  output(): string;
}

export const redisServerPath = async (): Promise<string> => {
  const path = await findCommand('redis-server');
  if (path === undefined) throw new LabLacks('redis-server is not installed (Debian: apt-get install redis-server)');
  return path;
};

const host = '127.0.0.1';
const administrator = { name: 'lab-admin', password: 'lab-admin' };

export const startRedis = async (keeper: Keeper, name: string, options: RedisOptions = {}): Promise<LabRedis> => {
  const launch = options.isNewest ? await insideNewerDebian() : onThisMachine;
  const path = options.isNewest ? '/usr/bin/redis-server' : await redisServerPath();
  const folder = join(keeper.folder, name);
  mkdirSync(folder);
  const certificates = options.tls ? await makeCertificates(folder) : undefined;
  const socket = options.unixSocket ? join(folder, 'redis.sock') : undefined;
  const port = await freePort();
  const conf = join(folder, 'redis.conf');
  writeFileSync(conf, configuration({ folder, port, socket, certificates, options }), { mode: 0o600 });

  const server = new Server(keeper, { name, ...launch(path, [conf]), log: join(folder, 'redis.log') });
  const cli = (args: readonly string[]) => redisCli(port, options, certificates, args);
  const start = () => server.start(async () => (await cli(['ping'])) === 'PONG');
  await start();
  return {
    url: redisUrl(port, socket, certificates, options),
    host,
    port,
    ...(socket === undefined ? {} : { socket }),
    ...certificates,
    get pid() {
      return server.pid;
    },
    cli,
    start,
    output: () => server.output(),
    stop: () => server.stop(),
    kill: () => server.kill(),
    pause: () => server.pause(),
    resume: () => server.resume(),
  };
};

interface Setup {
  readonly folder: string;
  readonly port: number;
  readonly socket: string | undefined;
  readonly certificates: Certificates | undefined;
  readonly options: RedisOptions;
}

const configuration = ({ folder, port, socket, certificates, options }: Setup): string => {
  const lines = [`bind ${host}`, `dir ${folder}`, 'save ""', 'daemonize no', 'loglevel notice'];
  lines.push(...(certificates ? tlsLines(port, certificates, options.tls === 'mutual') : [`port ${port}`]));
  if (socket !== undefined) lines.push(`unixsocket ${socket}`, 'unixsocketperm 700');
  if (options.password !== undefined) lines.push(`requirepass ${options.password}`);
  if (options.user) {
    const { name, password, rules } = options.user;
    lines.push(`user ${administrator.name} on >${administrator.password} ~* &* +@all`, 'user default off');
    lines.push(`user ${name} on >${password} ${rules}`);
  }
  for (const [name, value] of Object.entries(options.config ?? {})) lines.push(`${name} ${value}`);
  return `${lines.join('\n')}\n`;
};

const tlsLines = (port: number, { caFile, certFile, keyFile }: Certificates, mutual: boolean): string[] => [
  'port 0',
  `tls-port ${port}`,
  `tls-ca-cert-file ${caFile}`,
  `tls-cert-file ${certFile}`,
  `tls-key-file ${keyFile}`,
  `tls-auth-clients ${mutual ? 'yes' : 'no'}`,
];

const redisUrl = (
  port: number,
  socket: string | undefined,
  certificates: Certificates | undefined,
  { tls, user, password }: RedisOptions,
): string => {
  const secret = user?.password ?? password;
  const login = secret === undefined ? '' : `${encodeURIComponent(user?.name ?? '')}:${encodeURIComponent(secret)}@`;
  if (socket !== undefined) return `redis+socket://${login}${socket}?virtual_host=0`;
  if (!certificates) return `redis://${login}${host}:${port}/0`;
  const query = new URLSearchParams({ ssl_cert_reqs: 'required', ssl_ca_certs: certificates.caFile });
  if (tls === 'mutual') {
    query.set('ssl_certfile', certificates.certFile);
    query.set('ssl_keyfile', certificates.keyFile);
  }
  return `rediss://${login}${host}:${port}/0?${query}`;
};

const errorReply = /^(ERR|NOAUTH|NOPERM|WRONGPASS|WRONGTYPE|LOADING|READONLY|MISCONF|OOM|NOGOODSLAVE|EXECABORT) /;

const redisCli = async (
  port: number,
  { user, password }: RedisOptions,
  certificates: Certificates | undefined,
  args: readonly string[],
): Promise<string> => {
  const command = await findCommand('redis-cli');
  if (command === undefined) throw new LabLacks('redis-cli is not installed (Debian: apt-get install redis-tools)');
  const login = user ? ['--user', administrator.name] : [];
  const secret = user ? administrator.password : password;
  const tls = certificates
    ? ['--tls', '--cacert', certificates.caFile, '--cert', certificates.certFile, '--key', certificates.keyFile]
    : [];
  const env = secret === undefined ? {} : { REDISCLI_AUTH: secret };
  const { stdout, stderr, code } = await execute(command, ['-h', host, '-p', String(port), ...login, ...tls, ...args], {
    env,
  });
  const answer = stdout.trim();
  if (code !== 0 || errorReply.test(answer)) throw new Error(`redis-cli ${args.join(' ')}: ${answer || stderr.trim()}`);
  return answer;
};

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCommand } from '../../scripts/setup/debian.ts';
import { type Execution, execute } from './execute.ts';
import { freePort } from './freePort.ts';
import type { Keeper } from './keeper.ts';
import { LabLacks } from './labLacks.ts';
import { Server } from './server.ts';

export interface PrometheusOptions {
  /** What it scrapes, once a second: `127.0.0.1:9808`. */
  readonly target: string;
  /** A file of alerting rules, evaluated once a second. */
  readonly rules?: string;
}

export interface LabPrometheus {
  /** The `data` of one request to its API: `query?query=up`. */
  get(path: string): Promise<unknown>;
}

const installed = async (command: string): Promise<string> => {
  const path = await findCommand(command);
  if (path === undefined) throw new LabLacks(`${command} is not installed (Debian: apt-get install prometheus)`);
  return path;
};

export const startPrometheus = async (
  keeper: Keeper,
  name: string,
  { target, rules }: PrometheusOptions,
): Promise<LabPrometheus> => {
  const command = await installed('prometheus');
  const folder = join(keeper.folder, name);
  mkdirSync(folder);
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: [{ job_name: 'celery', static_configs: [{ targets: [target] }] }],
    ...(rules === undefined ? {} : { rule_files: [rules] }),
  };
  // YAML understands JSON.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const server = new Server(keeper, {
    name,
    command,
    args: [...args, `--web.listen-address=${address}`],
    log: join(folder, 'prometheus.log'),
  });
  await server.start(async () => (await fetch(`http://${address}/-/ready`)).ok);
  return {
    get: async (path) => {
      const answer = await fetch(`http://${address}/api/v1/${path}`);
      return ((await answer.json()) as { data: unknown }).data;
    },
  };
};

/** `promtool <args>`, with `input` as its standard input. */
export const runPromtool = async (keeper: Keeper, args: readonly string[], input = ''): Promise<Execution> =>
  execute(await installed('promtool'), args, { keeper, input });

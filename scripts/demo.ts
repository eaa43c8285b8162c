import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Lab, LabLacks } from '../test/lab/lab.ts';
import { showInBrowserVsCode } from './demo/browserVsCode.ts';
import { desktopCode, showInDesktopVsCode } from './demo/desktopVsCode.ts';
import { type DemoConnection, type Shop, startShop } from './demo/shop.ts';
import { root } from './execute.ts';
import { Refusal, runScript, say } from './say.ts';
import { packageExtension } from './setup/packageExtension.ts';

const usage = `npm run demo -- [--broker filesystem|redis|rabbitmq] [--check | --cluster-only] [--browser] [--port N]
  Runs a small Celery shop with living workers and shows it in VS Code.
  --broker   where its messages go; the filesystem broker, the default, needs no server
  --check    no window: asserts that a worker's row appears, saves a screenshot, ends
  --cluster-only  only the cluster; how to reach it is written to .tools/demo-connections.json
  --browser  a VS Code in the browser, even where the desktop "code" is installed
  --port     where that VS Code listens (default: a free one)`;

const readArguments = () => {
  const options = {
    broker: { type: 'string', default: 'filesystem' },
    check: { type: 'boolean', default: false },
    'cluster-only': { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
    port: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options, args: process.argv.slice(2) }).values;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
};

await runScript(async () => {
  const { broker, check, browser, port, help, 'cluster-only': clusterOnly } = readArguments();
  if (help) {
    console.log(usage);
    return 0;
  }
  if (broker !== 'filesystem' && broker !== 'redis' && broker !== 'rabbitmq')
    throw new Refusal(`The demo has no broker "${broker}". Use filesystem, redis or rabbitmq.`);
  const interrupted = interruption();
  const lab = await Lab.open().catch(refuseWhatIsMissing);
  try {
    // Both take a while, and neither waits for the other.
    const packed = clusterOnly ? null : packageExtension(say);
    packed?.catch(() => undefined);
    const shop = await startShop(lab, broker, say).catch(refuseWhatIsMissing);
    if (packed === null) await runCluster(shop.connection, interrupted);
    else await show(lab, shop, (await packed).file, { check, browser, port: Number(port ?? 0) }, interrupted);
    return 0;
  } finally {
    await lab.close();
    say('everything that the demo started has ended');
  }
});

async function show(
  lab: Lab,
  { connection, environment }: Shop,
  vsix: string,
  how: { readonly check: boolean; readonly browser: boolean; readonly port: number },
  interrupted: Promise<unknown>,
): Promise<void> {
  const workspace = join(lab.folder, 'shop-workspace');
  cpSync(join(root, 'demo'), workspace, { recursive: true });
  // With it, F5 starts a worker on the same broker.
  writeFileSync(join(workspace, '.env'), envFile(environment));
  const scene = {
    vsix,
    workspace,
    settings: { 'celeriac.connections': [connection] },
    folder: lab.folder,
    env: { CELERIAC_START_PAGE: 'dashboard' },
  };
  const desktop = how.browser || how.check ? null : desktopCode();
  if (desktop) await showInDesktopVsCode(desktop, scene, interrupted, say);
  else await showInBrowserVsCode({ ...scene, ...how }, interrupted, say);
}

/** For F5: the extension under development finds the cluster through the file. */
async function runCluster(connection: DemoConnection, interrupted: Promise<unknown>): Promise<void> {
  const file = join(root, '.tools', 'demo-connections.json');
  mkdirSync(join(root, '.tools'), { recursive: true });
  writeFileSync(file, JSON.stringify([connection], null, 2));
  say(`the cluster is running; its connection is in ${file}. Ctrl-C ends it.`);
  await interrupted;
  rmSync(file, { force: true });
}

function refuseWhatIsMissing(error: unknown): never {
  throw error instanceof LabLacks ? new Refusal(error.message) : error;
}

/** Settles at Ctrl-C, or when the process is asked to end. */
function interruption(): Promise<unknown> {
  return Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
}

function envFile(environment: Readonly<Record<string, string>>): string {
  const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'`);
  return `${lines.join('\n')}\n`;
}

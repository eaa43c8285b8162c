import { availableParallelism } from 'node:os';
import { Refusal } from '../say.ts';
import { ensureDebianPackages } from './debian.ts';
import { ensureNewerDebian } from './newerDebian.ts';
import { packageExtension } from './packageExtension.ts';
import { celeryVersions, ensurePython, usualCelery } from './python.ts';
import { ensureVsCodeHost } from './vscodeHost.ts';

type Say = (sentence: string) => void;

export interface Tier {
  readonly name: string;
  readonly what: string;
  readonly files: string;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly needs: readonly Need[];
  /** Those on a busy machine may fail by chance. */
  readonly onRealServers: boolean;
  /** Takes too long to run with the others. */
  readonly onlyByName?: true;
}

type Need = 'brokers' | 'newerBrokers' | 'celery' | 'celeryMatrix' | 'build' | 'vscode';

/** What a tier's tests are told of what was prepared for them. */
export type Environment = Readonly<Record<string, string>>;

/** The tiers, fastest first. Real servers share the machine, so those tiers run few files at a time. */
export const tiers: readonly Tier[] = [
  {
    name: 'unit',
    what: 'pure code',
    files: 'test/unit/**/*.test.ts',
    concurrency: availableParallelism(),
    timeoutMs: 120_000,
    needs: [],
    onRealServers: false,
  },
  {
    name: 'hostile',
    what: 'the whole engine on 200,000 cases of hostile input',
    files: 'test/hostile/*.test.ts',
    concurrency: 2,
    timeoutMs: 600_000,
    needs: [],
    onRealServers: false,
  },
  {
    name: 'lab',
    what: 'the test servers themselves',
    files: 'test/lab/*.test.ts',
    concurrency: 3,
    timeoutMs: 300_000,
    needs: ['brokers', 'celeryMatrix'],
    onRealServers: true,
  },
  {
    name: 'contract',
    what: 'the engine against real brokers and real workers',
    files: 'test/contract/*.test.ts',
    concurrency: 3,
    timeoutMs: 300_000,
    needs: ['brokers', 'newerBrokers', 'celeryMatrix', 'build'],
    onRealServers: true,
  },
  {
    name: 'workbench',
    what: 'the packaged extension in a real VS Code',
    files: 'test/workbench/*.test.ts',
    // Two play, the next starts up (harness/turn.ts); a file's time includes its waiting.
    concurrency: 3,
    timeoutMs: 600_000,
    needs: ['brokers', 'celery', 'build', 'vscode'],
    onRealServers: true,
  },
  {
    name: 'long',
    what: 'what takes minutes: a day under load, floods in little memory',
    files: 'test/long/*.test.ts',
    concurrency: 1,
    timeoutMs: 1_200_000,
    needs: ['brokers', 'celery', 'build'],
    onRealServers: true,
    onlyByName: true,
  },
];

const brokerCommands = [
  { command: 'redis-server', package: 'redis-server' },
  { command: 'openssl', package: 'openssl' },
  { command: 'rabbitmq-server', package: 'rabbitmq-server' },
  { command: 'prometheus', package: 'prometheus' },
  { command: 'promtool', package: 'prometheus' },
];

/** Brings what a tier needs. What cannot be brought is said once here; the tests that need it skip and name it. */
export const prepareFor = async (tier: Tier, say: Say): Promise<Environment> => {
  let told: Environment = {};
  for (const need of tier.needs) told = { ...told, ...(await prepare(need, say)) };
  return told;
};

/** Brings one thing that tests or the demo stand on. */
export const prepare = async (need: Need, say: Say): Promise<Environment> => {
  switch (need) {
    case 'brokers':
      tellMissing(await ensureDebianPackages(brokerCommands, say), say);
      return {};
    case 'newerBrokers':
      await ensureNewerDebian(say).catch((error: unknown) =>
        say(`no Redis 8 and no RabbitMQ 4 from a newer Debian: ${error instanceof Error ? error.message : error}`),
      );
      return {};
    case 'celery':
      await ensurePython(usualCelery, say);
      return {};
    case 'celeryMatrix':
      for (const version of celeryVersions)
        await ensurePython(version, say).catch((error: unknown) => say(`no Celery ${version}: ${error}`));
      return {};
    case 'build':
      return { CELERIAC_VSIX: process.env.CELERIAC_VSIX ?? (await packageExtension()).file };
    case 'vscode':
      tellMissing(await ensureDebianPackages([{ command: 'chromium', package: 'chromium' }], say), say);
      if ((await ensureVsCodeHost(say)).chromium === null)
        throw new Refusal(
          'the workbench tests need Chromium: install the package "chromium", or name one in CHROMIUM.',
        );
      return {};
    default:
      return need satisfies never;
  }
};

const tellMissing = (missing: readonly { readonly package: string }[], say: Say): void => {
  if (missing.length > 0)
    say(`not here: ${missing.map((each) => each.package).join(', ')}. Install them to run every test.`);
};

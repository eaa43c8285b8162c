import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { pageRequests } from '../../server/api/page.ts';
import { requests } from '../../server/api/requests.ts';
import { fakeVscode } from '../unit/extension/host/fakeVscode.ts';
import { below, makeRandom } from '../unit/state/random.ts';
import { pageParams } from './askEverything.ts';
import { hostileDelivery } from './hostileMessages.ts';
import { oddText, oddValue, pick, type Random, spoil } from './oddValues.ts';
import { type WholeEngine, wholeEngine } from './wholeEngine.ts';

fakeVscode();
const vscode = await import('vscode');
const { PageLink } = await import('../../extension/dashboard/pageLink.ts');
const { commandId, commandNames, commands } = await import('../../extension/commands/table.ts');

const cases = 8_000;
const [firstCommand, ...otherCommands] = commandNames;
type Fields = Readonly<Record<string, unknown>>;

const aRow = (random: Random): Fields => ({
  clusterId: 'h',
  taskId: oddText(random),
  taskName: 'shop.a',
  hostname: 'celery@h',
  pid: below(random, 9),
  query: oddValue(random),
  url: oddText(random),
});

/** What a page of ours sends, and what no page would. */
const hostileMessage = (random: Random, id: number): unknown => {
  const roll = random();
  if (roll < 0.1) return oddValue(random);
  const name = pick(random, pageRequests);
  const params = random() < 0.5 ? pageParams(random)[name] : oddValue(random);
  const row = random() < 0.5 ? aRow(random) : spoil(random, aRow(random));
  const command =
    random() < 0.9 ? commandId(pick(random, [firstCommand ?? assert.fail(), ...otherCommands])) : oddText(random);
  const message =
    roll < 0.4 ? { kind: 'ask', id, name, params } : { kind: 'act', id, command, args: [row, [row, oddValue(random)]] };
  // As VS Code hands it over.
  return JSON.parse(JSON.stringify(random() < 0.6 ? message : spoil(random, message)) ?? 'null');
};

describe('the messages of a page in a webview', () => {
  const random = makeRandom(2_026);
  const posted: { readonly kind: string; readonly id?: number }[] = [];
  const run: string[] = [];
  let engine: WholeEngine;
  let receive: (message: unknown) => void = () => assert.fail();
  let link: InstanceType<typeof PageLink>;

  before(async () => {
    engine = await wholeEngine(random);
    for (let count = 0; count < 300; count++) await engine.deliver(hostileDelivery(random, Date.now() / 1_000));
    const panel = {
      visible: true,
      webview: {
        onDidReceiveMessage: (listener: typeof receive) => {
          receive = listener;
          return { dispose: () => undefined };
        },
        postMessage: async (message: (typeof posted)[number]) => {
          JSON.stringify(message);
          posted.push(message);
        },
      },
    };
    const silent = () => ({ dispose: () => undefined });
    const names = new Map(Object.entries(requests).map(([name, { method }]) => [method, name]));
    const parts = {
      mirror: { onDidChange: silent },
      backend: {
        onState: silent,
        request: ({ method }: { readonly method: string }, params: unknown) =>
          engine.askForPage(names.get(method) ?? '', params),
      },
      connections: { firstOpened: Promise.resolve() },
      log: { error: (_sentence: string, error: unknown) => void run.push(String(error)) },
    };
    // As the one place that registers commands runs them.
    Object.assign(vscode.commands, {
      executeCommand: async (id: string, row: unknown, selected: unknown) => {
        const name = commandNames.find((each) => commandId(each) === id) ?? assert.fail(`${id} is no command of ours`);
        JSON.stringify(commands[name].on.read(row, selected));
        run.push(id);
      },
    });
    link = new PageLink(panel as never, parts as never, { kind: 'dashboard', clusterId: 'h' });
    link.start();
  });
  after(async () => {
    link.dispose();
    await engine.close();
  });

  it('are each answered or refused, run no command but ours, and end nothing', async () => {
    let [commandsRun, refused] = [0, 0];
    for (let id = 0; id < cases; id++) {
      const message = hostileMessage(random, id);
      const asked = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
      [posted.length, run.length] = [0, 0];
      receive(message);
      for (let turns = 0; typeof asked === 'number' && posted.length === 0 && turns < 10_000; turns++) await turn();
      assert.deepEqual(
        posted.map((each) => each.id),
        typeof asked === 'number' ? [asked] : [],
        `case ${id}: ${JSON.stringify(message).slice(0, 300)}`,
      );
      if (posted[0]?.kind === 'refusal') refused++;
      for (const each of run) {
        if (each.startsWith('celeriac.')) commandsRun++;
        else assert.ok(each.length < 400, each);
      }
    }
    assert.ok(commandsRun > cases / 10, `${commandsRun} commands`);
    assert.ok(refused > cases / 20 && refused < cases, `${refused} refusals`);
  });

  it('are refused without a look at how deep they go', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    posted.length = 0;
    receive({ kind: 'ask', id: 1, name: 'nothing of ours', params: deep });
    assert.equal(posted[0]?.kind, 'refusal');
  });
});

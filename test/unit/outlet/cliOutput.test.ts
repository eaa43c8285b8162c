import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { tellOutcome } from '../../../server/faces/cli/commands/askWorkers.ts';
import { runReplay } from '../../../server/faces/cli/commands/replay.ts';
import { runTask } from '../../../server/faces/cli/commands/task.ts';
import { runTasks } from '../../../server/faces/cli/commands/tasks.ts';
import type { CommandContext, RunCommand } from '../../../server/faces/cli/context.ts';
import { EventLines } from '../../../server/faces/cli/eventLine.ts';
import { parseArguments } from '../../../server/faces/cli/parseArguments.ts';
import { aTerminal } from '../faces/cli/aTerminal.ts';
import { leakyEvents, leakyReply, planted, taskId } from './aLeakyCluster.ts';

const commands: Readonly<Record<string, RunCommand>> = {
  tasks: runTasks,
  task: runTask,
  replay: runReplay,
};

const recorded = leakyEvents(1_000_000).map((event) => JSON.stringify(event));

const contextOf = (argv: readonly string[]) => {
  const invocation = parseArguments(argv);
  assert.ok(invocation.kind === 'run');
  const screen = aTerminal({ columns: 400 });
  const context: CommandContext = {
    args: invocation.args,
    options: invocation.options,
    environment: {},
    terminal: screen.terminal,
    interruption: new AbortController().signal,
    defects: { rejections: 0 },
    input: Readable.from([Buffer.from(recorded.join('\n'))]),
  };
  return { ...screen, context, command: invocation.command };
};

for (const words of [
  ['tasks', '--from', '-'],
  ['task', taskId, '--from', '-'],
  ['replay', '-'],
])
  for (const form of [[], ['--json']])
    test(`celeriac ${[...words, ...form].join(' ')} prints no secret`, async () => {
      const { context, command, terminal, printed, said } = contextOf([...words, ...form]);
      await commands[command]?.(context);
      await terminal.flush();
      assert.ok(printed().length > 50, said());
      assert.doesNotMatch(printed() + said(), planted);
    });

for (const method of ['conf', 'report', 'stats', 'active', 'query_task', 'registered'] as const)
  for (const form of [[], ['--json']])
    test(`celeriac inspect ${[method, ...form].join(' ')} prints no secret`, async () => {
      const { context, terminal, printed, said } = contextOf([
        'inspect',
        method,
        ...form,
        ...(method === 'query_task' ? ['x'] : []),
      ]);
      const value = method === 'active' ? [leakyReply] : leakyReply;
      tellOutcome(context, {
        group: 'inspect',
        question: { method, arguments: {}, destination: { names: [], pattern: null }, timeoutMs: 1 },
        outcome: { replies: [{ kind: 'answered', hostname: 'w@1', value }], expected: 1, tookMs: 1 },
        refusals: ["w@2 refused: password='hunter2'"],
        silence: [],
      });
      await terminal.flush();
      assert.ok(printed().length > 5, said());
      assert.doesNotMatch(printed() + said(), planted);
    });

test('celeriac events prints no secret, as lines and as JSON', async () => {
  const { terminal, printed } = aTerminal({ columns: 400 });
  const lines = new EventLines();
  for (const event of leakyEvents(1_000_000)) {
    terminal.eventLine(event);
    terminal.line(lines.line(terminal.outlet.event(event), 'shop.login', terminal.page));
  }
  await terminal.flush();
  assert.match(printed(), /shop-custom/);
  assert.doesNotMatch(printed(), planted);
});

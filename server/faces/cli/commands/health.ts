import { CeleriacError } from '../../../api/errors.ts';
import { pause } from '../../../waits/pause.ts';
import { Answers } from '../answers.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { healthJson } from '../healthJson.ts';
import { healthScreen } from '../healthScreen.ts';
import type { HealthView } from '../healthView.ts';
import { interruptionCode, orInterrupted } from '../interruption.ts';
import { type Listening, listen } from '../listening.ts';

/** What the shell is told of a cluster's health, in place of the usual exit codes. */
const codes = { healthy: 0, degraded: 1, unhealthy: 2, unknown: 3 } as const;

/** One look at the cluster, or one after listening for a while: the verdict, why, and what to do. */
export const runHealth: RunCommand = async (context) => {
  try {
    if (context.options.server === undefined) return await look(context);
    const { remoteHealth } = await import('../remote/remoteHealth.ts');
    return tell(context, await remoteHealth(context));
  } catch (error) {
    // Whoever cannot be asked is not unhealthy by that.
    if (!(error instanceof CeleriacError)) throw error;
    context.terminal.say(`celeriac: ${error.message}`);
    return codes.unknown;
  }
};

const look: RunCommand = async (context) => {
  const { interruption, options } = context;
  const answers = new Answers();
  const listening = await listen(context, { listeners: { answers: answers.note }, judgesAtOnce: true });
  try {
    await orInterrupted(listening.firstLink, interruption);
    if (interruption.aborted) return interruptionCode(interruption);
    const timeoutSeconds = options.timeout ?? defaults.answerSeconds;
    await answers.complete(listening.called, timeoutSeconds * 1_000, interruption);
    if (options.seconds !== undefined) await listenOn(listening, options.seconds, interruption);
    if (interruption.aborted) return interruptionCode(interruption);
    await ask(listening);
    return tell(context, viewOf(listening, options.seconds ?? null));
  } finally {
    await listening.stop();
  }
};

/** The queues are read twice, so that it shows how they grow. */
const listenOn = async ({ cluster }: Listening, seconds: number, signal: AbortSignal): Promise<void> => {
  await cluster.operations.readQueues();
  await pause(seconds * 1_000, signal);
};

const ask = async ({ cluster }: Listening): Promise<void> => {
  const { operations } = cluster;
  await Promise.all([operations.readQueues(), cluster.health.survey(operations)]);
  cluster.health.evaluate();
};

const viewOf = ({ cluster, maskedUrl }: Listening, seconds: number | null): HealthView => {
  const { verdict, alerts } = cluster.health;
  return { maskedUrl, seconds, verdict, alerts, checks: cluster.health.checks() };
};

const tell = ({ terminal, options }: CommandContext, view: HealthView): number => {
  const isVerbose = options.verbose ?? false;
  if (options.json) terminal.json(healthJson(view));
  else for (const line of healthScreen(terminal.shown(view), { ...terminal.page, isVerbose })) terminal.line(line);
  return codes[view.verdict.level];
};

import type { WorkerReply } from '../../../api/control.ts';
import { specOf } from '../../../celery/controlCommands.ts';
import { tellOnArrival } from '../../../desk/tellOnArrival.ts';
import { readWorkerCommand, usualTimeoutMs } from '../../../desk/tellWorkers.ts';
import { type Answered, replyScreen } from '../../../text/replies/replyScreen.ts';
import { duration, plural } from '../../../text/wording.ts';
import { celeryJson } from '../celeryJson.ts';
import { askConsent, requireConsent } from '../consent.ts';
import type { CommandContext, RunCommand } from '../context.ts';
import { defaults } from '../defaults.ts';
import { exitCode } from '../exitCodes.ts';
import { explain } from '../explain.ts';
import { readMethod } from '../methods.ts';
import { operate } from '../operating.ts';
import { deedOf, type Question, type Told, whomOf } from '../question.ts';
import { readDestination } from '../readDestination.ts';

type Group = 'inspect' | 'control';

export const runInspect: RunCommand = (context) => run('inspect', context);

export const runControl: RunCommand = (context) => run('control', context);

const run = async (group: Group, context: CommandContext): Promise<number> => {
  const question = readQuestion(group, context);
  const { writes } = specOf(question.method);
  if (writes) requireConsent(context, `"${question.method}"`);
  if (context.options.server !== undefined) {
    const { remoteAsk } = await import('../remote/remoteAsk.ts');
    return tellOutcome(context, await remoteAsk(context, group, question, context.args.slice(1)));
  }
  return operate(context, async (cluster) => {
    if (writes) await askConsent(context, `${deedOf(question)} on ${cluster.maskedUrl}?`);
    const outcome = await tellOnArrival(cluster, question, question);
    return tellOutcome(context, { group, question, outcome, ...(await explain(cluster, question, outcome)) });
  });
};

const readQuestion = (group: Group, { args, options }: CommandContext): Question => {
  const [word = '', ...words] = args;
  const method = readMethod(group, word);
  const destination = readDestination(options.destination);
  const { timeout } = options;
  const timeoutMs = timeout === undefined ? usualTimeoutMs(method, defaults.answerSeconds * 1000) : timeout * 1000;
  return { ...readWorkerCommand(method, words), destination, timeoutMs };
};

/** Prints who answered what, says who did not, and returns the exit code that this makes. */
export const tellOutcome = (context: CommandContext, told: Told): number => {
  const { terminal, options } = context;
  const { question, group } = told;
  const { replies } = terminal.shown(told.outcome);
  const answered = replies.filter((reply): reply is Answered => reply.kind === 'answered');
  const refused = replies.filter((reply) => reply.kind === 'refused');
  if (options.json) printJson(context, group, replies);
  else for (const line of replyScreen(question, answered, { ...terminal.page, now: Date.now() })) terminal.line(line);
  for (const sentence of [...told.refusals, ...told.silence]) terminal.say(terminal.outlet.sentence(sentence));
  if (answered.length === 0 && refused.length === 0) return tellNobody(context, told);
  return answered.length === replies.length ? exitCode.ok : exitCode.failed;
};

/** `inspect` prints one object, `control` a list with one for each worker; neither names who did not answer. */
const printJson = ({ terminal }: CommandContext, group: Group, replies: readonly WorkerReply[]): void => {
  const spoken = replies
    .filter((reply) => reply.kind !== 'silent')
    .map(({ hostname, value }) => [hostname, value] as const);
  if (spoken.length === 0) return;
  terminal.line(
    celeryJson(group === 'inspect' ? Object.fromEntries(spoken) : spoken.map((entry) => Object.fromEntries([entry]))),
  );
};

const tellNobody = ({ terminal }: CommandContext, { outcome, question, silence }: Told): number => {
  if (silence.length > 0) return exitCode.nothingFound;
  const { expected } = outcome;
  const within = question.timeoutMs === undefined ? '' : ` within ${duration(question.timeoutMs / 1000)}`;
  if (expected === 0) terminal.say('No worker is connected to this broker. Start one: celery -A YOUR_APP worker -E');
  else if (whomOf(question.destination) !== '')
    terminal.say(`No worker matching ${whomOf(question.destination)} answered${within}.`);
  else {
    const who = expected === null ? 'No worker' : `None of ${plural(expected, 'worker')}`;
    terminal.say(`${who} answered${within}. Wait longer with --timeout.`);
  }
  return exitCode.nothingFound;
};

import type { ControlOutcome } from '../../../api/control.ts';
import { specOf } from '../../../celery/controlCommands.ts';
import { askConsent } from '../consent.ts';
import type { CommandContext } from '../context.ts';
import { defaults } from '../defaults.ts';
import { type Explaining, explain } from '../explain.ts';
import { deedOf, type Question, type Told } from '../question.ts';
import { type Remote, remoteOf } from './remote.ts';

/** Asks workers through a server, or tells them what to do where the server allows it. */
export const remoteAsk = async (
  context: CommandContext,
  group: Told['group'],
  question: Question,
  words: readonly string[],
): Promise<Told> => {
  const remote = await remoteOf(context);
  const { method, destination, timeoutMs, arguments: values } = question;
  const { names, pattern } = destination;
  const waitMs = timeoutMs ?? defaults.answerSeconds * 1_000;
  const whom = { destination: names.length > 0 ? names : undefined, pattern: pattern ?? undefined };
  if (specOf(method).writes) await askConsent(context, `${deedOf(question)}, through ${remote.name}?`);
  const outcome: ControlOutcome =
    group === 'inspect'
      ? await remote.get('ControlOutcome', `api/v1/inspect/${method}`, {
          ...whom,
          argument: words,
          timeout_ms: Math.min(longestMs, waitMs),
        })
      : await remote.post(
          'ControlOutcome',
          `api/v1/control/${method}`,
          { ...whom, arguments: values, timeout_ms: waitMs },
          waitMs,
        );
  return { group, question, outcome, ...(await explain(explaining(remote), question, outcome)) };
};

const longestMs = 10_000;

const explaining = (remote: Remote): Explaining => ({
  operations: {
    inspect: ({ method, destination }) =>
      remote.get('ControlOutcome', `api/v1/inspect/${method}`, {
        argument: ['builtins=true'],
        destination: destination ?? undefined,
      }),
  },
  names: async () =>
    (await remote.get('Workers', 'api/v1/workers', { limit: 5_000 })).workers.map(({ hostname }) => hostname),
});

import type { Operations } from '../../cluster/operations.ts';
import type { Arrival } from '../../desk/tellOnArrival.ts';
import { Answers } from './answers.ts';
import type { CommandContext } from './context.ts';
import { defaults } from './defaults.ts';
import { orInterruptedError } from './interruption.ts';
import { listen } from './listening.ts';

/** A cluster that a command asks or tells something. */
export interface Operating extends Arrival {
  readonly operations: Pick<
    Operations,
    'ask' | 'inspect' | 'workerNames' | 'overview' | 'readQueues' | 'queueDepths' | 'send' | 'peek' | 'purge'
  >;
  readonly maskedUrl: string;
}

/** Connects, does the work, and leaves the broker as it was, however the work ends. */
export const operate = async <T>(context: CommandContext, work: (cluster: Operating) => Promise<T>): Promise<T> => {
  const { interruption, options } = context;
  const answers = new Answers();
  const listening = await listen(context, { listeners: { answers: answers.note }, onBeat: answers.noteBeat });
  const { cluster, called, maskedUrl } = listening;
  const heard = (): string[] => [...cluster.state.workers.keys()];
  const start = async (): Promise<T> => {
    await listening.firstLink;
    const { operations } = cluster;
    return work({
      operations,
      maskedUrl,
      called,
      meet: async () => {
        listening.lookForBeats();
        await answers.complete(called, (options.timeout ?? defaults.answerSeconds) * 1000, interruption);
        return heard();
      },
      names: async () => [...new Set([...((await operations.workerNames()) ?? []), ...heard()])],
    });
  };
  try {
    return await orInterruptedError(start(), interruption);
  } finally {
    await listening.stop();
  }
};

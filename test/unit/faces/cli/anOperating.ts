import type { ControlCommand, ControlOutcome, WorkerReply } from '../../../../server/api/control.ts';
import type { Operating } from '../../../../server/faces/cli/operating.ts';

interface World {
  readonly called?: number | null;
  /** What the broker names; null where it does not tell. */
  readonly bound?: readonly string[] | null;
  /** Who answers the call for heartbeats. */
  readonly heard?: readonly string[];
  readonly replies?: readonly WorkerReply[];
}

export interface TestOperating {
  readonly cluster: Operating;
  readonly asked: ControlCommand[];
  /** What was done, in order: "meet", "ask ping". */
  readonly steps: string[];
}

const nothing = (): never => {
  throw new Error('not expected');
};

/** A cluster that remembers what it was asked. */
export const anOperating = ({ called = 2, bound = null, heard = [], replies = [] }: World = {}): TestOperating => {
  const asked: ControlCommand[] = [];
  const steps: string[] = [];
  const ask = async (command: ControlCommand): Promise<ControlOutcome> => {
    asked.push(command);
    steps.push(`ask ${command.method}`);
    return { replies, expected: called, tookMs: 1 };
  };
  const cluster: Operating = {
    operations: {
      ask,
      inspect: ask,
      workerNames: async () => bound,
      overview: nothing,
      readQueues: nothing,
      queueDepths: nothing,
      send: nothing,
      peek: nothing,
      purge: nothing,
    },
    maskedUrl: 'redis://h/0',
    called: Promise.resolve(called),
    // Later than whatever needs no waiting.
    meet: () =>
      new Promise((resolve) =>
        setImmediate(() => {
          steps.push('meet');
          resolve(heard);
        }),
      ),
    names: async () => [...(bound ?? []), ...heard],
  };
  return { cluster, asked, steps };
};

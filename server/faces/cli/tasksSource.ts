import type { ClusterState } from '../../state/clusterState.ts';
import type { CommandContext } from './context.ts';
import { interruptionCode, listenFor, tellGaps } from './listening.ts';
import { readRecording, recordingSentence } from './recording.ts';
import { duration } from './wording.ts';

export const defaultSeconds = 5;

/** A state to ask, where it comes from, and what the shell is to be told of how it came about. */
export interface Source {
  readonly state: ClusterState;
  readonly now: number;
  /** "Listened 5 s on redis://…", "Read 1,204 events of 35 s from FILE". */
  readonly sentence: string;
  readonly code: number;
}

/** Listens to the broker, or reads the file that --from names. */
export const readSource = async (
  context: CommandContext,
  isEnough?: (state: ClusterState) => boolean,
): Promise<Source> => {
  const { options } = context;
  if (options.from !== undefined) return recordedSource(context, options.from);
  const heard = await listenFor(context, {
    seconds: options.seconds ?? defaultSeconds,
    ...(isEnough ? { isEnough: ({ state }) => isEnough(state) } : {}),
  });
  const code = tellGaps(context, heard) || interruptionCode(context.interruption);
  return {
    state: heard.cluster.state,
    now: Date.now(),
    sentence: `Listened ${duration(heard.seconds)} on ${heard.maskedUrl}`,
    code,
  };
};

export const recordedSource = async (context: CommandContext, file: string): Promise<Source> => {
  const recording = await readRecording(context, file);
  return {
    state: recording.state,
    now: recording.to ?? 0,
    sentence: recordingSentence(file, recording),
    code: interruptionCode(context.interruption),
  };
};

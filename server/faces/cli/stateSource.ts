import type { ClusterState } from '../../state/clusterState.ts';
import { duration } from '../../text/wording.ts';
import type { CommandContext } from './context.ts';
import { defaults } from './defaults.ts';
import { interruptionCode } from './interruption.ts';
import { type IsEnough, listenFor, tellGaps } from './listenFor.ts';
import { readRecording, recordingSentence } from './recording.ts';

/** A state to ask, where it comes from, and what the shell is to be told of how it came about. */
export interface Source {
  readonly state: ClusterState;
  readonly now: number;
  /** "Listened 5 s on redis://…", "Read 1,204 events of 35 s from FILE". */
  readonly sentence: string;
  readonly code: number;
}

/** Listens to the broker until it is enough or the time is over, or reads the file that --from names. */
export const readSource = async (context: CommandContext, isEnough: IsEnough = () => false): Promise<Source> => {
  const { options } = context;
  if (options.from !== undefined) return recordedSource(context, options.from);
  const heard = await listenFor(context, options.seconds ?? defaults.listenSeconds, isEnough);
  const code = tellGaps(context, heard) || interruptionCode(context.interruption);
  return {
    state: heard.state,
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

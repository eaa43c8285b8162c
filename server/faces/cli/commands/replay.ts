import type { RunCommand } from '../context.ts';
import { recordedSource } from '../stateSource.ts';
import { printSnapshot } from './snapshot.ts';

/** Feeds recorded events to a fresh state and prints what they led to. */
export const runReplay: RunCommand = async (context) =>
  printSnapshot(context, await recordedSource(context, context.args[0] ?? '-'));

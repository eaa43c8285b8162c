import * as vscode from 'vscode';
import { rowTarget } from '../commands/rowTarget.ts';
import type { Area, Parts } from '../parts.ts';
import { copyFailure, markAllSeen, markSeen, muteFailure, openTraceback, unmuteFailure } from './failureCommands.ts';
import { FailuresTree } from './failuresTree.ts';
import { Occurrences } from './occurrences.ts';
import { TracebackPages } from './tracebackPages.ts';

type Commands =
  | 'copyFailure'
  | 'hideMutedFailures'
  | 'markAllFailuresSeen'
  | 'markFailureSeen'
  | 'muteFailure'
  | 'openTraceback'
  | 'showFailures'
  | 'showMoreFailures'
  | 'showMutedFailures'
  | 'unmuteFailure';

const mutedKey = 'celeriac.failures.showsMuted';

/** The Failures view, and what can be done with its rows. */
export const startFailuresView = (parts: Parts): Area<Commands> => {
  const occurrences = new Occurrences(parts.backend);
  const tree = new FailuresTree(parts.mirror, occurrences);
  const pages = new TracebackPages();
  tree.start();
  pages.start();
  const showMuted = async (shows: boolean): Promise<void> => {
    tree.showMuted(shows);
    await vscode.commands.executeCommand('setContext', mutedKey, shows);
  };
  return {
    commands: {
      copyFailure: (row) => copyFailure(row, parts, occurrences),
      hideMutedFailures: () => showMuted(false),
      markAllFailuresSeen: () => markAllSeen(parts),
      markFailureSeen: (row) => markSeen(row, parts),
      muteFailure: (row) => muteFailure(row, parts),
      openTraceback: (row) => openTraceback(row, { parts, occurrences, pages }),
      showFailures: async (row) => {
        await vscode.commands.executeCommand('celeriac.failures.focus');
        await tree.reveal(rowTarget(row));
      },
      showMoreFailures: async (row) => tree.showMore(rowTarget(row)),
      showMutedFailures: () => showMuted(true),
      unmuteFailure: (row) => unmuteFailure(row, parts),
    },
    dispose: () => {
      tree.dispose();
      pages.dispose();
    },
  };
};

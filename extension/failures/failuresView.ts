import { focusView } from '../commands/run.ts';
import { shownRedactor } from '../config.ts';
import type { Area, Parts } from '../parts.ts';
import { MirrorTree } from '../views/mirrorTree.ts';
import { copyFailure, markAllSeen, markSeen, muteFailure, openTraceback, unmuteFailure } from './failureCommands.ts';
import { FailureRows } from './failureRows.ts';
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

/** The Failures view, and what can be done with its rows. */
export const startFailuresView = (parts: Parts): Area<Commands> => {
  const occurrences = new Occurrences(parts.backend);
  const rows = new FailureRows({
    mirror: parts.mirror,
    occurrences,
    tellEventsOff: onlyChanges(parts.surfaces.contextKey('celeriac.failures.eventsOff')),
    redactor: shownRedactor,
  });
  const tree = new MirrorTree('celeriac.failures', parts, rows);
  const pages = new TracebackPages(parts.surfaces);
  tree.start();
  pages.start();
  return {
    commands: {
      copyFailure: (row) => copyFailure(row, parts, occurrences),
      hideMutedFailures: () => tree.showMuted(false),
      markAllFailuresSeen: () => markAllSeen(parts),
      markFailureSeen: (row) => markSeen(row, parts),
      muteFailure: (row) => muteFailure(row, parts),
      openTraceback: (row) => openTraceback(row, { parts, occurrences, pages }),
      showFailures: async (row) => {
        await focusView('celeriac.failures');
        const node = rows.nodeOf(row, tree.mutedAreShown);
        if (!node) return;
        tree.draw();
        await tree.reveal(node);
      },
      showMoreFailures: async (row) => {
        rows.wantMore(row);
        tree.draw();
      },
      showMutedFailures: () => tree.showMuted(true),
      unmuteFailure: (row) => unmuteFailure(row, parts),
    },
    dispose: () => {
      tree.dispose();
      pages.dispose();
    },
  };
};

/** The menus and the empty view are told only of another answer than before. */
const onlyChanges = (tell: (areOff: boolean) => Promise<void>) => {
  let told = false;
  return (areOff: boolean): void => {
    if (told === areOff) return;
    told = areOff;
    void tell(areOff);
  };
};

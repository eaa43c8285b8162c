import { startControlling } from './control/controlling.ts';
import { startInspecting } from './inspect/inspecting.ts';
import type { Parts } from './parts.ts';
import { startQueueCommands } from './queues/queueCommands.ts';
import { startSending } from './sendTask/sending.ts';

/** Everything that people ask of a cluster and do to it. */
export const startOperating = (parts: Parts) => {
  const inspecting = startInspecting(parts);
  const controlling = startControlling(parts);
  const queues = startQueueCommands(parts);
  const sending = startSending(parts);
  return {
    commands: { ...inspecting.commands, ...controlling.commands, ...queues.commands, ...sending.commands },
    dispose: () => {
      sending.dispose();
      queues.dispose();
      controlling.dispose();
      inspecting.dispose();
    },
  };
};

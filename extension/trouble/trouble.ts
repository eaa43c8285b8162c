import { startAlertsView } from '../alerts/alertsView.ts';
import type { CommandHandlers } from '../commands/register.ts';
import { startFailuresView } from '../failures/failuresView.ts';
import { startGoToCode } from '../goToCode/goToCode.ts';
import { startNotifications } from '../notifications/notifying.ts';
import type { Area, Parts } from '../parts.ts';
import { startRetrying } from '../retry/retrying.ts';

type CommandsOf<A> = A extends Area<infer K extends keyof CommandHandlers> ? K : never;
type Commands =
  | CommandsOf<ReturnType<typeof startAlertsView>>
  | CommandsOf<ReturnType<typeof startFailuresView>>
  | CommandsOf<ReturnType<typeof startGoToCode>>
  | CommandsOf<ReturnType<typeof startNotifications>>
  | CommandsOf<ReturnType<typeof startRetrying>>;

/** Everything about what goes wrong: failures, alerts, notifications, retries, and the way to the code. */
export const startTrouble = (parts: Parts): Area<Commands> => {
  const alerts = startAlertsView(parts);
  const failures = startFailuresView(parts);
  const goingToCode = startGoToCode(parts);
  const notifying = startNotifications(parts);
  const retrying = startRetrying(parts);
  return {
    commands: {
      ...alerts.commands,
      ...failures.commands,
      ...goingToCode.commands,
      ...notifying.commands,
      ...retrying.commands,
    },
    dispose: () => {
      for (const area of [retrying, notifying, goingToCode, failures, alerts]) area.dispose();
    },
  };
};

import type { CommandContext } from '../context.ts';
import type { HealthView } from '../healthView.ts';
import { remoteOf } from './remote.ts';

/** The health as a server sees it that has watched for as long as it runs. */
export const remoteHealth = async (context: CommandContext): Promise<HealthView> => {
  const remote = await remoteOf(context);
  const { broker, watchedSeconds, verdict, alerts, checks } = await remote.get('Checks', 'api/v1/checks', {
    limit: 5_000,
  });
  return { maskedUrl: broker, seconds: watchedSeconds, verdict, alerts, checks };
};

import type { WorkerSurvey } from '../../health/workerSurvey.ts';

/** How much of one core a worker's main process has used between the last two times that it was asked. */
export const cpuShareOf = ({ stats, before, answeredAt }: WorkerSurvey): number | null => {
  if (!before || stats?.cpuSeconds == null || answeredAt === null || answeredAt <= before.at) return null;
  const used = stats.cpuSeconds - before.cpuSeconds;
  return used < 0 ? null : used / ((answeredAt - before.at) / 1000);
};

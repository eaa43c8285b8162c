import type { BenchContext } from './context.ts';
import { runSoak } from './soakRun.ts';

const residentTarget = 0.05;
const growthTargetMb = 10;

/** Whether `celeriac serve` keeps anything for being asked: ten minutes that stand for a day. */
export const benchSoak = async ({ lab, keeper, quick, say, report }: BenchContext): Promise<void> => {
  const seconds = quick ? 60 : 600;
  const figures = await runSoak({ lab, keeper, seconds, say });
  const { rounds, residentChange, residentMb, growthPerDayMb, growthPerRoundBytes, files, resources } = figures;
  report({
    bench: 'soak',
    what: `resident memory of serve, 50 workers, every route ${rounds} times`,
    measured: `${residentMb.toFixed(0)} MB, ${(residentChange * 100).toFixed(1)} % more at the end`,
    target: `at most ${residentTarget * 100} % more`,
    reached: residentChange <= residentTarget,
    figures: { rounds, residentChange, residentMb, events: figures.events, statuses: JSON.stringify(figures.statuses) },
  });
  report({
    bench: 'soak',
    what: 'growth in 24 h by asking each route once a second: slope of what lives after collections, less that without asking',
    measured: `${growthPerRoundBytes.toFixed(0)} bytes a round x 86,400 = ${growthPerDayMb.toFixed(1)} MB`,
    target: `at most ${growthTargetMb} MB`,
    reached: growthPerDayMb <= growthTargetMb,
    figures: {
      growthPerRoundBytes,
      growthPerDayMb,
      ...figures.bytesPerSecond,
      live: figures.live,
      liveAt: figures.liveAt,
    },
  });
  report({
    bench: 'soak',
    what: 'open files, active resources, listeners of the process: first and last',
    measured: `${files.join(' / ')}, ${resources.join(' / ')}, ${figures.listeners.join(' / ')}`,
    target: 'constant',
    reached: files[1] <= files[0] + 2 && figures.listeners[0] === figures.listeners[1] && figures.warnings.length === 0,
    figures: { files, resources, listeners: figures.listeners, warnings: figures.warnings.join('; ') },
  });
};

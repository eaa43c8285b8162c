import type { Area, Parts } from '../parts.ts';
import { DemoCluster } from './demoCluster.ts';

/** A small shop on Celery for those who have no broker at hand. */
export const startDemo = (parts: Parts): Area<'startDemoCluster' | 'stopDemoCluster'> => {
  const demo = new DemoCluster(parts);
  return {
    commands: { startDemoCluster: () => demo.start(), stopDemoCluster: () => demo.stop() },
    dispose: () => demo.dispose(),
  };
};

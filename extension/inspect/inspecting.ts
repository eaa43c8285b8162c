import { inspectWorkers, refreshInspection } from '../commands/inspect.ts';
import type { Area, Parts } from '../parts.ts';
import { InspectPages } from './inspectPages.ts';

/** Asking workers, from the palette or a row, and the pages with their answers. */
export const startInspecting = (parts: Parts): Area<'inspectWorkers' | 'refreshInspection'> => {
  const pages = new InspectPages(parts.backend);
  pages.start();
  return {
    commands: {
      inspectWorkers: (row) => inspectWorkers(row, parts, pages),
      refreshInspection: () => refreshInspection(pages),
    },
    dispose: () => pages.dispose(),
  };
};

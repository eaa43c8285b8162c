import type { Family } from '../../metrics/exposition.ts';

/** What every exporter tells of its own process. */
export const processFamilies = (rejections: number): Family[] => {
  const { user, system } = process.cpuUsage();
  const single = (value: number) => [{ labels: [], value }];
  return [
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time used by celeriac, in seconds.',
      samples: single((user + system) / 1e6),
    },
    {
      name: 'process_resident_memory_bytes',
      type: 'gauge',
      help: 'Memory used by celeriac.',
      samples: single(process.memoryUsage.rss()),
    },
    {
      name: 'celeriac_unhandled_rejections_total',
      type: 'counter',
      help: 'Internal errors of celeriac.',
      samples: single(rejections),
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      help: 'Start time of celeriac, in seconds since 1970.',
      samples: single(Math.round(Date.now() / 1000 - process.uptime())),
    },
  ];
};

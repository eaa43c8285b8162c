import { defaults } from '../defaults.ts';
import type { CommandSpec } from './commandSpec.ts';
import { fromServer, listening, maxTasks, savedFilter } from './phrases.ts';

/** Commands for monitoring without an editor. */
export const serving = {
  serve: {
    summary: 'Serve health, metrics, a dashboard and a REST API over HTTP',
    options: {
      host: `address to listen on (default ${defaults.host}); other than loopback requires a token`,
      port: `port to listen on (default ${defaults.port}; 0: any free port)`,
      'allow-write': 'allow requests that change the cluster: control, send, revoke, purge',
      'token-file': 'require the token in this file from clients; or set the environment variable CELERIAC_TOKEN',
      'trusted-header': 'the header in which an authenticating proxy passes the user name; replaces the token',
      'trusted-proxy':
        'accept --trusted-header and X-Forwarded-* only from this address or range (default: loopback); may be repeated',
      'allowed-host': 'also accept this host name, besides localhost and --host; * accepts any; may be repeated',
      compat: 'use the metric names of celery-exporter or flower',
      'generic-hostname-task-sent-metric':
        'with --compat celery-exporter: set the host label of all senders to "generic"',
      'generic-hostname-worker-task-metric':
        'with --compat celery-exporter: set the host label of all workers to "generic"',
      'max-series': `maximum number of series per metric; the rest is summed as "other" (default ${defaults.maxSeries})`,
      history:
        'folder for the history of finished tasks, failures, alerts and per-minute statistics; an existing history is continued',
      otlp: 'also send metrics and a trace per workflow to this OpenTelemetry endpoint (OTLP over HTTP, JSON)',
      'otlp-share': 'with --otlp: fraction of traces to send, from 0 to 1 (default 1)',
      'max-tasks': maxTasks,
    },
    notes: [
      'Endpoints: /livez, /readyz, /metrics, /api/v1/health and more; /api/v1/openapi.json describes all of them. Read-only unless --allow-write is given. Runs until Ctrl-C or SIGTERM. While the broker is unreachable, it keeps reconnecting and /readyz gives the reason.',
      'With --history, a restart loses nothing: tasks and statistics are kept for seven days (at most a million tasks and 1 GB), failures, alerts and the audit log for 90 days. Each cluster has one file, which "celeriac history" reads; this requires Node 22.13 or newer. Without --history, nothing from before the start is known.',
      'OTEL_SERVICE_NAME and OTEL_EXPORTER_OTLP_HEADERS are read from the environment.',
    ],
    examples: [
      'celeriac serve --broker redis://localhost:6379/0',
      'celeriac serve --history /var/lib/celeriac',
      'celeriac serve --host 0.0.0.0 --token-file token --compat flower',
    ],
    load: async () => (await import('../../serve.ts')).runServe,
  },
  export: {
    summary: 'Export tasks, Grafana dashboards or Prometheus alerting rules',
    argument: {
      name: 'WHAT',
      what: 'tasks (to FILE.csv, .json or .ndjson), grafana (three dashboards) or alert-rules',
      more: '[FOLDER or FILE]',
    },
    options: {
      query: 'with tasks: all tasks that match (default all)',
      filter: `with tasks: ${savedFilter}`,
      seconds: `with tasks: ${listening}`,
      'dry-run': 'with tasks: show the number of matches and the first ten, and write nothing',
      'max-tasks': maxTasks,
      force: 'overwrite existing files',
      ...fromServer,
    },
    notes: [
      'Tasks are those seen while listening, or those in the memory of a server, with the names and values that Celery uses. The file is complete or is not written.',
      'Dashboards and alerting rules are for the metrics of "celeriac serve" without --compat. The alerting rules are the health rules of "celeriac health". Writes to FOLDER or the current folder. Existing files that were changed are kept unless --force is given.',
    ],
    examples: [
      'celeriac export grafana dashboards',
      'celeriac export alert-rules /etc/prometheus',
      'celeriac export tasks failed.csv --query state:FAILURE --seconds 60',
    ],
    load: async () => (await import('../commands/export.ts')).runExport,
  },
  completion: {
    summary: 'Print a completion script for your shell',
    argument: { name: 'SHELL', what: 'bash, zsh, fish or powershell', more: '[…]' },
    options: {},
    notes: [
      'The script completes commands, options, query fields, and the names of workers, queues and tasks. For names it asks the workers for at most 0.7 s, using the broker from the command line or the environment.',
    ],
    examples: [
      'celeriac completion bash >> ~/.bashrc',
      'celeriac completion fish > ~/.config/fish/completions/celeriac.fish',
    ],
    load: async () => (await import('../commands/completion.ts')).runCompletion,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

import { defaults } from '../defaults.ts';
import type { CommandSpec } from './commandSpec.ts';
import { maxTasks } from './phrases.ts';

/** Commands for those who run no editor: monitoring, and what belongs to it. */
export const serving = {
  serve: {
    summary: 'Health, metrics and a REST API over HTTP',
    options: {
      host: `listen at this address (default ${defaults.host}); another than this machine's own needs a token`,
      port: `listen at this port (default ${defaults.port}; 0: any free one)`,
      'allow-write': 'let requests change the cluster: control, send, revoke, purge',
      'token-file': 'ask clients for the token in this file; the environment variable CELERIAC_TOKEN does the same',
      'trusted-header': 'the header in which a proxy in front names the user it has signed in, in place of a token',
      'trusted-proxy':
        'believe --trusted-header and X-Forwarded-* of this address or range only (default: this machine); may be repeated',
      'allowed-host': 'answer to this name as well, beside localhost and --host; * to any; may be repeated',
      compat: 'name the metrics as celery-exporter or flower do',
      'generic-hostname-task-sent-metric': 'with --compat celery-exporter: label all senders as the host "generic"',
      'generic-hostname-worker-task-metric':
        'with --compat celery-exporter: label tasks of all workers as the host "generic"',
      'max-series': `at most so many sets of label values a metric; the rest is "other" (default ${defaults.maxSeries})`,
      history:
        'keep ended tasks, failures, alerts and figures by the minute in this folder, and go on from what was kept there',
      otlp: 'also send metrics, and a trace for each workflow, to this OpenTelemetry receiver (OTLP over HTTP, JSON)',
      'otlp-share': 'with --otlp: the share of traces that is sent, from 0 to 1 (default 1)',
      'max-tasks': maxTasks,
    },
    notes: [
      'GET /livez, /readyz, /metrics, /api/v1/health and more: /api/v1/openapi.json tells all. Only reads, unless --allow-write is given. Runs until Ctrl-C or SIGTERM; while the broker is away it keeps trying, and /readyz says why.',
      'With --history, a restart forgets nothing: seven days of tasks and figures (a million tasks, 1 GB at most), 90 days of failures, alerts and who changed what. One file for each cluster, which "celeriac history" reads; it needs Node 22.13 or newer. Without it, what was before the start is unknown.',
      'OTEL_SERVICE_NAME and OTEL_EXPORTER_OTLP_HEADERS are taken from the environment.',
    ],
    examples: [
      'celeriac serve --broker redis://localhost:6379/0',
      'celeriac serve --history /var/lib/celeriac',
      'celeriac serve --host 0.0.0.0 --token-file token --compat flower',
    ],
    load: async () => (await import('../../serve.ts')).runServe,
  },
  export: {
    summary: 'Dashboards for Grafana and alerting rules for Prometheus',
    argument: { name: 'WHAT', what: 'grafana (three dashboards) or alert-rules', more: '[FOLDER]' },
    options: { force: 'replace files of the same names that differ from what is written' },
    notes: [
      'For the metrics of "celeriac serve", without --compat. The rules are the health rules that "celeriac health" judges by. Writes files into FOLDER, or here. A file of the same name that somebody has changed stays, unless --force is given.',
    ],
    examples: ['celeriac export grafana dashboards', 'celeriac export alert-rules /etc/prometheus'],
    load: async () => (await import('../commands/export.ts')).runExport,
  },
  completion: {
    summary: 'Completion for your shell',
    argument: { name: 'SHELL', what: 'bash, zsh, fish or powershell', more: '[…]' },
    options: {},
    notes: [
      'Prints a script that completes commands, options, fields of queries, and the names of workers, queues and tasks; for names it asks the workers, for at most 0.7 s, through the broker of the line or the environment.',
    ],
    examples: [
      'celeriac completion bash >> ~/.bashrc',
      'celeriac completion fish > ~/.config/fish/completions/celeriac.fish',
    ],
    load: async () => (await import('../commands/completion.ts')).runCompletion,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

import type { CommandSpec } from './commandSpec.ts';

const nothingRuns = 'Reads Python files; nothing is run, and no broker is needed.';

/** Commands that read code. */
export const code = {
  check: {
    summary: "Celery's pitfalls in your code",
    argument: { name: '[PATH]', what: 'files and folders (default: this folder)', more: '[PATH…]', isOptional: true },
    options: {
      format: 'how to write findings: text (default), github (annotations of GitHub Actions) or sarif',
      fix: 'change the files where that is safe',
      select: 'only this rule; may be repeated, or ids separated by commas',
      ignore: 'leave out this rule; may be repeated, or ids separated by commas',
      config: 'read [tool.celeriac.check] from this file (default: pyproject.toml of the folder)',
    },
    notes: [
      nothingRuns,
      'Exit codes of its own: 0 nothing at warning or above, 1 findings, 2 usage. With --json: [{"rule","file","line","column","severity","message","fix"}].',
      'A comment "# celeriac: ignore[rule-id]" silences a line; on a line of its own at the top of a file, the file. In pyproject.toml, [tool.celeriac.check.rules] gives each rule a severity: error, warning, info or off.',
    ],
    examples: [
      'celeriac check',
      'celeriac check shop --fix',
      'celeriac check --select async-task,wrong-arguments --format github',
    ],
    load: async () => (await import('../commands/check.ts')).runCheck,
  },
  code: {
    summary: 'Tasks in your code, and where they are used',
    argument: { name: 'WHAT', what: 'tasks, uses or graph', more: '[FOLDER]' },
    choices: {
      title: 'What to show',
      rows: () => [
        ['tasks', 'every task, by the name that Celery gives it'],
        ['uses', 'every place that sends a task, makes a signature of it, schedules or routes it'],
        ['graph', 'which task sends which'],
      ],
    },
    options: {
      task: 'only the uses of this task',
      format: 'how to write the graph: dot or mermaid',
    },
    notes: [nothingRuns],
    examples: [
      'celeriac code tasks',
      'celeriac code uses ~/shop --task orders.charge --json',
      'celeriac code graph --format mermaid',
    ],
    load: async () => (await import('../commands/code.ts')).runCode,
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

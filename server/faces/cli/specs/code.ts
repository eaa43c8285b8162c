import type { CommandSpec } from './commandSpec.ts';

const nothingRuns = 'Reads Python files without running them. No broker is needed.';

/** Commands that read code. */
export const code = {
  check: {
    summary: 'Check your code for Celery pitfalls',
    argument: {
      name: '[PATH]',
      what: 'files and folders (default: the current folder)',
      more: '[PATH…]',
      isOptional: true,
    },
    options: {
      format: 'output format: text (default), github (GitHub Actions annotations) or sarif',
      fix: 'apply safe fixes to the files',
      select: 'only this rule; may be repeated or a comma-separated list',
      ignore: 'skip this rule; may be repeated or a comma-separated list',
      config: 'the file with [tool.celeriac.check] (default: pyproject.toml in the folder)',
    },
    notes: [
      nothingRuns,
      'Exit codes: 0 no findings at warning or above, 1 findings, 2 usage error. With --json: [{"rule","file","line","column","severity","message","fix"}].',
      'The comment "# celeriac: ignore[rule-id]" suppresses a rule for its line, or for the whole file when it is on a separate line at the top. In pyproject.toml, [tool.celeriac.check.rules] sets the severity of each rule: error, warning, info or off.',
    ],
    examples: [
      'celeriac check',
      'celeriac check shop --fix',
      'celeriac check --select async-task,wrong-arguments --format github',
    ],
    load: async () => (await import('../commands/check.ts')).runCheck,
  },
  code: {
    summary: 'List the tasks in your code and their uses',
    argument: { name: 'WHAT', what: 'tasks, uses or graph', more: '[FOLDER]' },
    choices: {
      title: 'What to show',
      rows: () => [
        ['tasks', 'every task with its Celery name'],
        ['uses', 'every place that sends, schedules or routes a task or creates a signature'],
        ['graph', 'which tasks send which other tasks'],
      ],
    },
    options: {
      task: 'only the uses of this task',
      format: 'graph format: dot or mermaid',
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

import { rules } from '../../server/code/ruleTable.ts';

const head = `# The rules of \`celeriac check\`

\`celeriac check [PATH…]\` reads Python files, and Compose files, Procfiles and manifests of Kubernetes that start a beat. It runs
nothing and needs no broker. What cannot be decided from the text is not reported.

- \`# celeriac: ignore[rule-id]\` suppresses the rule on its line, or in the whole file when it is on a separate line at the top.
- \`[tool.celeriac.check.rules]\` in pyproject.toml gives a rule another severity: \`naive-eta = "error"\`, \`async-task = "off"\`.
- The setting \`celeriac.check.rules\` of VS Code does the same and has precedence; the command line reads it from
  \`.vscode/settings.json\` of the folder.
- Files and folders that git ignores, virtual environments, hidden folders and files above 256 KB are not read.
- \`--select\` and \`--ignore\` choose rules for one run; \`--fix\` applies the fixes that are safe.
- The exit code is 0 when nothing at warning or above was found, 1 when something was, 2 when the command line is wrong.

In GitHub Actions:

\`\`\`yaml
- run: celeriac check --format github
\`\`\`

With pre-commit, where \`celeriac\` is installed:

\`\`\`yaml
- repo: local
  hooks:
    - id: celeriac-check
      name: celeriac check
      entry: celeriac check
      language: system
      types: [python]
      pass_filenames: false
\`\`\`

`;

const drift = `
## Code and workers

While a connection is open, VS Code compares the code with its workers, in the problems of a file and in the Alerts view. It
does so only if at least half of the tasks that a worker has registered are defined in the workspace.

- \`task-not-registered\`: no worker has a task registered, though workers have others of the same file. They run older code.
- \`task-not-in-code\`: a worker has a task registered whose name is gone from its module.
- \`settings-differ\`: workers of the same code have different serializers, time zones, default queues or acknowledgements.
- \`setting-not-deployed\`: the code sets one of these to another value than a worker has.
- \`queue-not-consumed\`: no worker consumes the queue that a task names.
- \`runtime-near-limit\`: the p95 runtime of a task is at least 90% of its time limit.
`;

/** docs/rules.md, made from the table of rules. */
export const rulesPage = (): string =>
  head + rules.map(({ id, severity, title, why }) => `## ${id}\n\n${title} (${severity}). ${why}\n`).join('\n') + drift;

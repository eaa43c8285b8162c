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

/** docs/rules.md, made from the table of rules. */
export const rulesPage = (): string =>
  head + rules.map(({ id, severity, title, why }) => `## ${id}\n\n${title} (${severity}). ${why}\n`).join('\n');

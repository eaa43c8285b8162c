import type { Finding } from '../code/rule.ts';
import { rulePage, rulesPage } from '../code/rulePage.ts';
import { rules } from '../code/ruleTable.ts';

/** A finding with its place as people count it. */
export interface PlacedFinding extends Finding {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export const findingLine = ({ file, line, column, severity, rule, message }: PlacedFinding): string =>
  `${file}:${line}:${column}: ${severity}: ${message} [${rule}]`;

export const findingJson = ({ rule, file, line, column, severity, message, fix }: PlacedFinding) => ({
  rule,
  file,
  line,
  column,
  severity,
  message,
  fix: fix.length > 0,
});

const githubLevels = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** A command that GitHub Actions makes an annotation of. */
export const githubLine = ({
  severity,
  file,
  line,
  column,
  endLine,
  endColumn,
  rule,
  message,
}: PlacedFinding): string => {
  const place = `file=${property(file)},line=${line},endLine=${endLine},col=${column},endColumn=${endColumn}`;
  return `::${githubLevels[severity]} ${place},title=${property(rule)}::${data(message)}`;
};

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const sarifLevels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0, as code scanning reads it. */
export const sarif = (findings: readonly PlacedFinding[], version: string) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'celeriac check',
          version,
          informationUri: rulesPage,
          rules: rules.map(({ id, title, why, severity }) => ({
            id,
            shortDescription: { text: title },
            fullDescription: { text: why },
            helpUri: rulePage(id),
            defaultConfiguration: { level: sarifLevels[severity] },
          })),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: findings.map(({ rule, severity, message, file, line, column, endLine, endColumn }) => ({
        ruleId: rule,
        ruleIndex: rules.findIndex(({ id }) => id === rule),
        level: sarifLevels[severity],
        message: { text: message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
              region: { startLine: line, startColumn: column, endLine, endColumn },
            },
          },
        ],
      })),
    },
  ],
});

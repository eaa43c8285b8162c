import { type Column, table } from '../../text/table.ts';
import type { CommandContext } from './context.ts';
import { csvLines } from './csvLines.ts';
import { formatOf } from './outputFormat.ts';

interface List<Row> {
  readonly columns: readonly Column<Row>[];
  /** For the table, covered already. */
  readonly rows: readonly Row[];
  /** The same rows for programs: covered when they are written. */
  readonly objects: readonly object[];
  /** How the command prints JSON; left out: one array. */
  readonly printJson?: () => void;
}

/** Prints a list in the format that was asked for. */
export const printList = <Row>({ terminal, options }: CommandContext, list: List<Row>): void => {
  const format = formatOf(options);
  switch (format) {
    case 'table':
      if (list.rows.length > 0) for (const line of table(list.columns, list.rows, terminal.page)) terminal.line(line);
      return;
    case 'json':
      if (list.printJson) list.printJson();
      else terminal.json(list.objects);
      return;
    case 'ndjson':
      for (const each of list.objects) terminal.json(each);
      return;
    case 'csv':
      for (const line of csvLines(terminal.shown(list.objects), (value) => terminal.jsonText(value)))
        terminal.line(line);
      return;
    default:
      format satisfies never;
  }
};

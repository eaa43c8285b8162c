import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';

/** Which of the two families of tables holds the results. */
export type TableFamily = 'celery' | 'django';

export interface Table {
  /** Quoted, for use in a statement. */
  readonly name: string;
  readonly columns: ReadonlySet<string>;
}

export interface ResultTables {
  readonly family: TableFamily;
  readonly tasks: Table;
  readonly groups: Table | null;
  readonly chords: Table | null;
}

/**
 * Finds the tables by what is in them, for Celery's `database_table_names` renames them. Where both families are there,
 * the result backend's URL has said which is meant.
 */
export const findTables = (database: ReadOnlyDatabase, wanted: TableFamily | null): ResultTables | null => {
  const tables = readTables(database);
  const celery = (): ResultTables | null =>
    familyIn(tables, 'celery', {
      tasks: { usual: 'celery_taskmeta', has: resultColumns, lacks: 'content_type' },
      groups: { usual: 'celery_tasksetmeta', has: ['taskset_id', 'result', 'date_done'], lacks: 'task_id' },
      chords: null,
    });
  const django = (): ResultTables | null =>
    familyIn(tables, 'django', {
      tasks: { usual: 'django_celery_results_taskresult', has: [...resultColumns, 'content_type'], lacks: 'group_id' },
      groups: {
        usual: 'django_celery_results_groupresult',
        has: ['group_id', 'result', 'content_type'],
        lacks: 'task_id',
      },
      chords: {
        usual: 'django_celery_results_chordcounter',
        has: ['group_id', 'sub_tasks', 'count'],
        lacks: 'task_id',
      },
    });
  if (wanted === 'celery') return celery();
  return wanted === 'django' ? django() : (celery() ?? django());
};

const resultColumns = ['task_id', 'status', 'result', 'date_done', 'traceback'];

interface Wanted {
  readonly usual: string;
  readonly has: readonly string[];
  readonly lacks: string;
}

interface WantedFamily {
  readonly tasks: Wanted;
  readonly groups: Wanted;
  readonly chords: Wanted | null;
}

const familyIn = (
  tables: ReadonlyMap<string, ReadonlySet<string>>,
  family: TableFamily,
  wanted: WantedFamily,
): ResultTables | null => {
  const tasks = pick(tables, wanted.tasks);
  if (!tasks) return null;
  return { family, tasks, groups: pick(tables, wanted.groups), chords: wanted.chords && pick(tables, wanted.chords) };
};

const pick = (tables: ReadonlyMap<string, ReadonlySet<string>>, { usual, has, lacks }: Wanted): Table | null => {
  const fitting = [...tables].filter(([, columns]) => has.every((name) => columns.has(name)) && !columns.has(lacks));
  const [name, columns] = fitting.find(([one]) => one === usual) ?? fitting[0] ?? [];
  return name === undefined || columns === undefined ? null : { name: `"${name.replaceAll('"', '""')}"`, columns };
};

const readTables = (database: ReadOnlyDatabase): ReadonlyMap<string, ReadonlySet<string>> => {
  const tables = new Map<string, Set<string>>();
  const rows = database
    .prepare(
      "SELECT m.name AS held, c.name AS held_column FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    )
    .all();
  for (const { held, held_column } of rows) {
    const columns = tables.get(String(held)) ?? new Set();
    tables.set(String(held), columns.add(String(held_column)));
  }
  return tables;
};

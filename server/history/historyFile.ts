import { existsSync } from 'node:fs';
import type { FailureGroup } from '../api/failures.ts';
import type {
  AlertEntry,
  AuditEntry,
  FailurePage,
  FailureQuery,
  JournalQuery,
  Rollup,
  RollupQuery,
} from '../api/history.ts';
import { defaultRedactPatterns } from '../api/redaction.ts';
import type { Series, SeriesQuery, Task, TaskPage, TaskQuery } from '../api/tasks.ts';
import type { QueueStep } from '../state/figures/queueSeries.ts';
import type { StepSum } from '../state/figures/stepSums.ts';
import type { EndedBatch } from '../state/rows/endedBatch.ts';
import { type CountedRows, type CountTasksQuery, countTaskRows } from './countedTaskRows.ts';
import { FailureGroupRows } from './failureGroupRows.ts';
import { failurePage } from './failurePages.ts';
import type { StepsQuery } from './history.ts';
import { JournalRows } from './journalRows.ts';
import type { MinuteRecord } from './minuteRecord.ts';
import { MinuteRows } from './minuteRows.ts';
import { type OpenDatabase, type OpenOptions, openDatabase, reopenDamaged } from './openDatabase.ts';
import { QueueRows } from './queueRows.ts';
import { type Retention, RetentionSlices } from './retention.ts';
import { explain, inTransaction, isDamage, type Sqlite } from './sqlite.ts';
import { TaskPages } from './taskPages.ts';
import { type OddTask, TaskRows } from './taskRows.ts';
import { TextBook } from './textBook.ts';

const tidyForMs = 50;
const sweepEveryMs = 600_000;

export interface HistoryFileOptions extends OpenOptions {
  readonly retention: Retention;
  /** Which names' values are not searched; left out: the usual ones. */
  readonly redactPatterns?: readonly string[];
  /** Where the file lies that was opened: another than `path` once that one was damaged. */
  readonly opened: (path: string) => void;
}

export interface SavedTasks {
  readonly written: number;
  readonly odd: readonly OddTask[];
}

/** An open file, with every statement prepared. */
interface Open extends OpenDatabase {
  readonly labels: TextBook;
  readonly texts: TextBook;
  readonly taskRows: TaskRows;
  readonly taskPages: TaskPages;
  readonly minutes: MinuteRows;
  readonly queues: QueueRows;
  readonly journal: JournalRows;
  readonly failureGroups: FailureGroupRows;
  readonly retention: RetentionSlices;
  /** How many tasks it holds; what another window adds is counted now and then only. */
  held: number | null;
}

/**
 * One connection's history on disk. Every call does its work before it returns, so it lives on a thread of its own. It
 * opens the file when it first needs it, and again after it had to be closed; a damaged one is set aside and the call done
 * on a new one.
 */
export class HistoryFile {
  private readonly sqlite: Sqlite;
  private readonly options: HistoryFileOptions;
  private file: Open | null = null;
  private sweptAt: number;

  constructor(sqlite: Sqlite, options: HistoryFileOptions) {
    this.sqlite = sqlite;
    this.options = options;
    this.sweptAt = options.now();
  }

  /** Fails as `openDatabase` does. */
  open(): void {
    this.file ??= this.prepare(openDatabase(this.sqlite, this.options));
  }

  close(): void {
    this.file?.database.close();
    this.file = null;
  }

  /** Answers how many were written, and which were not. */
  saveTasks(batch: EndedBatch): SavedTasks {
    return this.write((file) => {
      const { more, odd } = file.taskRows.write(batch, this.options.now());
      if (file.held !== null) file.held += more;
      return { written: batch.size - odd.length, odd };
    });
  }

  saveMinutes(minutes: readonly MinuteRecord[]): void {
    this.write((file) => {
      for (const minute of minutes) {
        file.minutes.write(minute, this.options.now());
        file.queues.write(minute.queues, this.options.now());
      }
    });
  }

  saveAlert(alert: AlertEntry): void {
    this.write((file) => file.journal.saveAlert(alert));
  }

  appendAudit(entry: AuditEntry): void {
    this.write((file) => file.journal.appendAudit(entry));
  }

  saveFailureGroups(groups: readonly FailureGroup[]): void {
    this.write((file) => file.failureGroups.save(groups));
  }

  failureGroups(): readonly FailureGroup[] {
    return this.use((file) => file.failureGroups.read());
  }

  saveAlertMute(alertId: string, until: number | null): void {
    this.write((file) => file.journal.saveAlertMute(alertId, until));
  }

  alertMutes(): Readonly<Record<string, number>> {
    return this.use((file) => file.journal.alertMutes());
  }

  queryTasks(query: TaskQuery): TaskPage {
    return this.use((file) => file.taskPages.page(query, this.heldIn(file)));
  }

  task(id: string): Task | null {
    return this.use((file) => file.taskPages.task(id));
  }

  failures(query: FailureQuery): FailurePage {
    return this.use((file) => failurePage(file.database, file.labels, query));
  }

  rollups(query: RollupQuery): readonly Rollup[] {
    return this.use((file) => file.minutes.rollups(query, this.options.now()));
  }

  steps(query: StepsQuery): readonly StepSum[] {
    return this.use((file) => file.minutes.steps(query, this.options.now()));
  }

  countTasks(query: CountTasksQuery): CountedRows {
    return this.use((file) => countTaskRows(file.database, file.labels, query));
  }

  series(query: SeriesQuery): Series {
    return this.use((file) => file.minutes.series(query, this.options.now()));
  }

  queueSteps(): readonly QueueStep[] {
    return this.use((file) => file.queues.read(this.options.now()));
  }

  alerts(query: JournalQuery): readonly AlertEntry[] {
    return this.use((file) => file.journal.alerts(query));
  }

  audit(query: JournalQuery): readonly AuditEntry[] {
    return this.use((file) => file.journal.audit(query));
  }

  /** Deletes some of what need not be kept; to be called every second or so. */
  tidy(): void {
    // Somebody removed it, or another window has set it aside: what is written now goes into the next.
    if (this.file && !existsSync(this.file.path)) this.close();
    this.use((file) => {
      const now = this.options.now();
      const until = performance.now() + tidyForMs;
      const shrunk = (tasks: number): void => {
        file.held = this.heldIn(file) - tasks;
      };
      while (file.retention.slice(this.heldIn(file), now, shrunk) && performance.now() < until);
      if (now - this.sweptAt < sweepEveryMs) return;
      this.sweptAt = now;
      file.held = null;
      file.retention.sweep(now);
    });
  }

  private heldIn(file: Open): number {
    file.held ??= file.retention.countTasks();
    return file.held;
  }

  private write<T>(work: (file: Open) => T): T {
    return this.use((file) => {
      try {
        return inTransaction(file.database, () => work(file));
      } catch (error) {
        file.labels.forget();
        file.texts.forget();
        file.held = null;
        throw error;
      }
    });
  }

  private use<T>(work: (file: Open) => T): T {
    try {
      return work(this.opened());
    } catch (error) {
      if (!isDamage(error)) throw explain(error, this.path);
    }
    this.close();
    this.file = this.prepare(reopenDamaged(this.sqlite, this.options));
    try {
      return work(this.file);
    } catch (error) {
      throw explain(error, this.path);
    }
  }

  /** Where it lies; before it was opened, where it is asked for. */
  private get path(): string {
    return this.file?.path ?? this.options.path;
  }

  private opened(): Open {
    this.open();
    if (this.file) return this.file;
    throw new Error('the history was not opened');
  }

  private prepare({ database, path }: OpenDatabase): Open {
    this.options.opened(path);
    const labels = new TextBook(database, 'label');
    const texts = new TextBook(database, 'text');
    return {
      database,
      path,
      labels,
      texts,
      taskRows: new TaskRows(database, labels, texts),
      taskPages: new TaskPages(database, labels, this.options.redactPatterns ?? defaultRedactPatterns),
      minutes: new MinuteRows(database, labels),
      queues: new QueueRows(database, labels),
      journal: new JournalRows(database),
      failureGroups: new FailureGroupRows(database),
      retention: new RetentionSlices(database, this.options.retention),
      held: null,
    };
  }
}

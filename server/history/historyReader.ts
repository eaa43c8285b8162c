import { defaultRedactPatterns } from '../api/redaction.ts';
import type { TaskPage, TaskQuery } from '../api/tasks.ts';
import type { ReadOnlyDatabase } from '../databases/askReadOnly.ts';
import { readTexts } from './readTexts.ts';
import { TaskPages } from './taskPages.ts';

/** A history that somebody else records, while it can be read. It has no way to write: that is the recorder's (`HistoryFile`). */
export class HistoryReader {
  private readonly database: ReadOnlyDatabase;
  private readonly pages: TaskPages;

  constructor(database: ReadOnlyDatabase) {
    this.database = database;
    this.pages = new TaskPages(database, readTexts(database, 'label'), defaultRedactPatterns);
  }

  queryTasks(query: TaskQuery): TaskPage {
    const count = this.database.prepare('SELECT count(*) AS count FROM task').get();
    return this.pages.page(query, Number(count?.['count'] ?? 0));
  }
}

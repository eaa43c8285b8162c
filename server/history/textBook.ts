import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { hashText } from '../state/names/taskId.ts';
import { readTexts, type Texts } from './readTexts.ts';

const dayMs = 24 * 3600 * 1000;
const rememberedLimit = 20_000;

interface Known {
  readonly id: number;
  readonly usedOn: number;
}

/** Texts that many rows share, each kept once: the tables `label` and `text`. Each says on which day it was last used. */
export class TextBook implements Texts {
  private readonly known = new Map<string, Known>();
  private readonly words = new Int32Array(4);
  private readonly find: StatementSync;
  private readonly insert: StatementSync;
  private readonly use: StatementSync;
  private readonly texts: Texts;

  constructor(database: DatabaseSync, table: 'label' | 'text') {
    this.find = database.prepare(`SELECT id, value FROM ${table} WHERE hash = ?`);
    this.insert = database.prepare(`INSERT INTO ${table} (hash, used_on, value) VALUES (?, ?, ?)`);
    this.use = database.prepare(`UPDATE ${table} SET used_on = max(used_on, ?) WHERE id = ?`);
    this.texts = readTexts(database, table);
  }

  /** The number of `text`, within a transaction that writes. */
  idOf(text: string | null, now: number): number | null {
    if (text === null) return null;
    const today = Math.floor(now / dayMs);
    const known = this.known.get(text);
    if (known && known.usedOn >= today) return known.id;
    const id = this.findOrInsert(text, today);
    if (this.known.size >= rememberedLimit) this.known.clear();
    this.known.set(text, { id, usedOn: today });
    return id;
  }

  entries(): ReturnType<Texts['entries']> {
    return this.texts.entries();
  }

  /** After a transaction that failed: what it had entered is not there. */
  forget(): void {
    this.known.clear();
  }

  private findOrInsert(text: string, today: number): number {
    const hash = this.hash(text);
    const found = this.look(text, hash);
    if (found === null) return Number(this.insert.run(hash, today, text).lastInsertRowid);
    this.use.run(today, found);
    return found;
  }

  private look(text: string, hash: number): number | null {
    const rows = this.find.all(hash);
    const row = rows.find(({ value }) => value === text);
    return row === undefined ? null : Number(row['id']);
  }

  private hash(text: string): number {
    hashText(text, this.words);
    return (this.words[0] ?? 0) >>> 0;
  }
}

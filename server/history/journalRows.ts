import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { AlertEntry, AuditEntry, JournalQuery } from '../api/history.ts';
import { isPhrase, type Phrase } from '../api/phrase.ts';
import { asRecord } from '../celery/asRecord.ts';
import { parseJson } from '../celery/parseJson.ts';

export const journalLimit = (limit: number | undefined): number =>
  Math.min(1000, Math.max(1, Math.floor(limit ?? 100) || 100));

/** The alerts, and who did what. */
export class JournalRows {
  private readonly saveAlertRow: StatementSync;
  private readonly readAlerts: StatementSync;
  private readonly saveMute: StatementSync;
  private readonly dropMute: StatementSync;
  private readonly readMutes: StatementSync;
  private readonly saveAuditRow: StatementSync;
  private readonly readAudit: StatementSync;

  constructor(database: DatabaseSync) {
    this.saveAlertRow = database.prepare(
      `INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
       SET severity = excluded.severity, resolved_at = excluded.resolved_at, sentence = excluded.sentence,
           phrase = excluded.phrase`,
    );
    this.readAlerts = database.prepare(
      'SELECT * FROM alert WHERE raised_at >= ? AND raised_at < ? ORDER BY raised_at DESC, id LIMIT ?',
    );
    this.saveMute = database.prepare('INSERT OR REPLACE INTO alert_mute VALUES (?, ?)');
    this.dropMute = database.prepare('DELETE FROM alert_mute WHERE id = ?');
    this.readMutes = database.prepare('SELECT id, until FROM alert_mute');
    this.saveAuditRow = database.prepare('INSERT INTO audit VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)');
    this.readAudit = database.prepare(
      'SELECT * FROM audit WHERE at >= ? AND at < ? ORDER BY at DESC, row DESC LIMIT ?',
    );
  }

  saveAlert({ id, rule, subject, severity, raisedAt, resolvedAt, sentence, phrase }: AlertEntry): void {
    const words = phrase ? JSON.stringify(phrase) : null;
    this.saveAlertRow.run(id, rule, subject, severity, raisedAt, resolvedAt, sentence, words);
  }

  alerts(query: JournalQuery): readonly AlertEntry[] {
    return this.readAlerts.all(...rangeOf(query)).map((row) => ({
      id: String(row['id']),
      rule: String(row['rule']),
      subject: String(row['subject']),
      severity: row['severity'] as AlertEntry['severity'],
      raisedAt: Number(row['raised_at']),
      resolvedAt: typeof row['resolved_at'] === 'number' ? row['resolved_at'] : null,
      sentence: String(row['sentence']),
      ...phraseOf(row['phrase']),
    }));
  }

  saveAlertMute(id: string, until: number | null): void {
    if (until === null) this.dropMute.run(id);
    else this.saveMute.run(id, until);
  }

  alertMutes(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.readMutes.all().map((row) => [String(row['id']), Number(row['until'])]));
  }

  appendAudit({ at, who, action, target, parameters, outcome, sentence }: AuditEntry): void {
    this.saveAuditRow.run(at, who, action, target, JSON.stringify(parameters), outcome, sentence);
  }

  audit(query: JournalQuery): readonly AuditEntry[] {
    return this.readAudit.all(...rangeOf(query)).map((row) => ({
      at: Number(row['at']),
      who: String(row['who']),
      action: String(row['action']),
      target: String(row['target']),
      parameters: parametersOf(row['parameters']),
      outcome: row['outcome'] as AuditEntry['outcome'],
      sentence: typeof row['sentence'] === 'string' ? row['sentence'] : null,
    }));
  }
}

const rangeOf = ({ from, to, limit }: JournalQuery): [number, number, number] => [
  from ?? Number.MIN_SAFE_INTEGER,
  to ?? Number.MAX_SAFE_INTEGER,
  journalLimit(limit),
];

const phraseOf = (stored: SQLOutputValue | undefined): { readonly phrase?: Phrase } => {
  const value = typeof stored === 'string' ? parseJson(stored) : undefined;
  return isPhrase(value) ? { phrase: value } : {};
};

const parametersOf = (text: SQLOutputValue | undefined): Readonly<Record<string, unknown>> =>
  asRecord(parseJson(String(text)));

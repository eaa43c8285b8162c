import type { Alert } from '../api/health.ts';
import type { AlertEntry } from '../api/history.ts';
import type { AlertChanges } from '../health/alertBook.ts';
import type { History } from '../history/history.ts';

/** An alert of an earlier life that has not come again by then is over. */
const settledAfterMs = 300_000;

export interface AlertJournalParts {
  readonly history: History | null;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

/** Writes down when alerts come and go. Advice is no alert. */
export class AlertJournal {
  private readonly open = new Map<string, AlertEntry>();
  private readonly parts: AlertJournalParts;
  private readonly bornAt: number;
  /** Those of an earlier life that have not come again. */
  private readonly left = new Map<string, AlertEntry>();

  constructor(parts: AlertJournalParts) {
    this.parts = parts;
    this.bornAt = parts.now();
  }

  async restore(): Promise<void> {
    const entries = (await this.parts.history?.alerts({ limit: 1_000 })) ?? [];
    for (const entry of entries) if (entry.resolvedAt === null) this.left.set(alertIdOf(entry), entry);
  }

  note({ changed, gone }: AlertChanges): void {
    const now = this.parts.now();
    for (const alert of changed) if (alert.severity !== 'info') this.noteRaised(alert, now);
    for (const { id } of gone) this.end(id, now);
    if (this.left.size === 0 || now - this.bornAt < settledAfterMs) return;
    for (const entry of this.left.values()) this.save({ ...entry, resolvedAt: now });
    this.left.clear();
  }

  private noteRaised(alert: Alert, now: number): void {
    const before = this.open.get(alert.id) ?? this.left.get(alert.id);
    this.left.delete(alert.id);
    const { rule, severity, sentence } = alert;
    const words = { sentence, ...(alert.phrase ? { phrase: alert.phrase } : {}) };
    const entry: AlertEntry = before
      ? { ...before, severity, ...words }
      : {
          id: `${alert.id}@${now}`,
          rule,
          subject: alert.subject.name,
          severity,
          raisedAt: now,
          resolvedAt: null,
          ...words,
        };
    const isNews = !this.open.has(alert.id) || before?.severity !== severity;
    this.open.set(alert.id, entry);
    if (isNews) this.save(entry);
  }

  private end(alertId: string, now: number): void {
    const entry = this.open.get(alertId);
    this.open.delete(alertId);
    if (entry) this.save({ ...entry, resolvedAt: now });
  }

  private save(entry: AlertEntry): void {
    this.parts.history?.saveAlert(entry).catch(this.parts.failed);
  }
}

const alertIdOf = ({ id }: AlertEntry): string => id.slice(0, id.lastIndexOf('@'));

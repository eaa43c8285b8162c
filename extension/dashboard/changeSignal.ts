import type { Change } from '../../server/api/change.ts';
import type { PageChange } from '../../server/api/page.ts';

const pauseMs = 250;

/** Gathers what changed of one cluster, and tells it at most four times a second. */
export class ChangeSignal {
  private readonly clusterId: string;
  private readonly tell: (change: PageChange) => void;
  private kinds: Set<Change['kind']> | null = new Set();
  private timer: NodeJS.Timeout | null = null;

  constructor(clusterId: string, tell: (change: PageChange) => void) {
    this.clusterId = clusterId;
    this.tell = tell;
  }

  /** `null`: everything changed. */
  note(changes: readonly Change[] | null): void {
    if (changes === null) this.kinds = null;
    else for (const { kind } of changes) this.kinds?.add(kind);
    this.timer ??= setTimeout(() => this.flush(), pauseMs);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private flush(): void {
    this.timer = null;
    const kinds = this.kinds === null ? null : [...this.kinds];
    this.kinds = new Set();
    this.tell({ clusterId: this.clusterId, kinds });
  }
}

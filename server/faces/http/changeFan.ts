import type { ServerResponse } from 'node:http';
import type { Change } from '../../api/change.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { EventFan } from './eventFan.ts';

const pauseMs = 250;

/** Tells the pages that something changed, at most four times a second, and only what kind of thing. */
export class ChangeFan {
  private readonly clusterId: string;
  private readonly fan: EventFan;
  private readonly kinds = new Set<Change['kind']>();
  private timer: NodeJS.Timeout | null = null;

  constructor(clusterId: string, outlet: Outlet) {
    this.fan = new EventFan(outlet);
    this.clusterId = clusterId;
  }

  note(changes: readonly Change[]): void {
    for (const { kind } of changes) this.kinds.add(kind);
    this.timer ??= setTimeout(() => this.flush(), pauseMs);
  }

  admit(peer: string): void {
    this.fan.admit(peer);
  }

  add(response: ServerResponse, peer: string): void {
    this.fan.add(response, peer, () => true);
  }

  get hasReaders(): boolean {
    return this.fan.hasReaders;
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.fan.close();
  }

  private flush(): void {
    this.timer = null;
    this.fan.publish({ type: 'change', clusterId: this.clusterId, kinds: [...this.kinds] });
    this.kinds.clear();
  }
}

/** The body of a `celery.pidbox` message (kombu/pidbox.py: Mailbox._publish). */
export interface ControlMessage {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly destination: readonly string[] | null;
  readonly pattern: string | null;
  readonly matcher: string | null;
}

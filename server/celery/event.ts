/**
 * One Celery event as the worker sent it. Only what every event has is certain; the rest is read where it is used,
 * because workers of other versions and other languages leave fields out.
 */
export interface CeleryEvent {
  readonly type: string;
  readonly hostname: string;
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

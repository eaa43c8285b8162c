/** celery-exporter's buckets for waits in queues (src/exporter.py: DEFAULT_QUEUE_WAIT_BUCKETS). */
export const queueWaitBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800];

/** prometheus_client's default buckets, which both exporters use (Histogram.DEFAULT_BUCKETS). */
export const pythonBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Our own names, and those of exporters whose dashboards shall keep working. */
export const vocabularyNames = ['celeriac', 'celery-exporter', 'flower'] as const;

export type VocabularyName = (typeof vocabularyNames)[number];

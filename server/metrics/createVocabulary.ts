import { ExporterVocabulary, type GenericHostnames } from './exporterVocabulary.ts';
import { FlowerVocabulary } from './flowerVocabulary.ts';
import { OwnVocabulary } from './ownVocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { VocabularyName } from './vocabularyNames.ts';

/** `maxSeries`: how many sets of label values each metric may have before the rest is called "other". */
export const createVocabulary = (
  name: VocabularyName,
  maxSeries: number,
  generic: GenericHostnames = {},
): Vocabulary => {
  switch (name) {
    case 'celeriac':
      return new OwnVocabulary(maxSeries);
    case 'celery-exporter':
      return new ExporterVocabulary(maxSeries, generic);
    case 'flower':
      return new FlowerVocabulary(maxSeries);
    default:
      return name satisfies never;
  }
};

import { newKeys, settingKeys } from '../celerySettings.ts';
import type { CodeIndex } from '../codeIndex.ts';
import { nearestName } from '../nearestName.ts';
import type { Rule } from '../rule.ts';
import type { WrittenSetting } from '../settingsIn.ts';

/** Settings that packages around Celery read from the same place. */
const ofOthers =
  /^(?:redbeat|once|singleton|flower|sentry|django_celery|beat_dburi|beat_tz|beat_nullable|prometheus|statsd|email_)/;

export const unknownSetting: Rule = {
  id: 'unknown-setting',
  severity: 'warning',
  title: 'Unknown setting',
  why: 'Celery ignores unknown settings silently.',
  project: (index) =>
    index.settings.flatMap((setting) => {
      if (!isUnknown(setting) || isReadElsewhere(setting, index)) return [];
      const near = replacementOf(setting);
      const text = setting.file.syntax.text;
      const isQuoted = /["']/.test(text[setting.start] ?? '');
      const fix =
        near === null
          ? []
          : [{ start: setting.start + (isQuoted ? 1 : 0), end: setting.end - (isQuoted ? 1 : 0), text: near }];
      const hint = near === null ? '' : ` Did you mean ${near}?`;
      return [
        {
          file: setting.file,
          at: setting,
          message: `Celery ignores the unknown setting ${setting.written}.${hint}`,
          fix,
        },
      ];
    }),
};

const isUnknown = ({ key, written, form, value }: WrittenSetting): boolean => {
  if (form === 'app' || settingKeys.has(key) || ofOthers.test(key)) return false;
  if (form === 'django') return true;
  if (newKeys.has(written) || written.startsWith('_') || written !== written.toLowerCase()) return false;
  return form === 'conf' || isPlain(value.kind);
};

/** In a module of settings, names for functions and for what is imported are no settings. */
const isPlain = (kind: string): boolean =>
  ['string', 'number', 'constant', 'list', 'tuple', 'dict', 'set'].includes(kind);

const isReadElsewhere = ({ key, written, file, start, end }: WrittenSetting, index: CodeIndex): boolean =>
  index.files.some(({ syntax, path }) =>
    [written, key].some((word) =>
      placesOf(word, syntax.text).some((at) => path !== file.path || at + word.length < start || at > end),
    ),
  );

/** Where a word stands by itself. */
const placesOf = (word: string, text: string): number[] => {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) found.push(at);
  return found;
};

const isPart = (letter: string | undefined): boolean => letter !== undefined && /\w/.test(letter);

/** As it is to be written here: with the prefix of Django's settings, where it has one. */
const replacementOf = ({ key, written, form }: WrittenSetting): string | null => {
  const today = newKeys.get(written) ?? nearestName(key, [...settingKeys]);
  if (today === null || form !== 'django') return today;
  const prefix = written.slice(0, written.length - key.length);
  return `${prefix}${today.toUpperCase()}`;
};

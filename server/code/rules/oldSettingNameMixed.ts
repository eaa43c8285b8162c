import { newKeys, settingKeys } from '../celerySettings.ts';
import type { Rule } from '../rule.ts';

export const oldSettingNameMixed: Rule = {
  id: 'old-setting-name-mixed',
  severity: 'error',
  title: 'Old and new setting names mixed',
  why: 'Celery refuses to start with ImproperlyConfigured if both kinds of names are used.',
  fixKeepsMeaning: true,
  project: (index) => {
    const own = index.settings.filter(({ form }) => form === 'conf' || form === 'module');
    const hasNew = own.some(({ written }) => settingKeys.has(written));
    if (!hasNew) return [];
    return own.flatMap(({ written, file, start, end }) => {
      const today = newKeys.get(written);
      if (today === undefined || settingKeys.has(written)) return [];
      const isQuoted = /["']/.test(file.syntax.text[start] ?? '');
      const fix = [{ start: start + (isQuoted ? 1 : 0), end: end - (isQuoted ? 1 : 0), text: today }];
      return [
        {
          file,
          at: { start, end },
          message: `Celery does not start: ${written} is an old name among new ones. Use ${today}.`,
          fix,
        },
      ];
    });
  },
};

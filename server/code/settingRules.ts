import type { Expression } from '../python/syntax.ts';
import type { CodeIndex } from './codeIndex.ts';
import type { ConstantValue } from './constantOf.ts';
import type { CodeFile } from './facts.ts';
import type { Found } from './rule.ts';
import { constantIn, lookAt } from './ruleKit.ts';
import type { WrittenSetting } from './settingsIn.ts';

type InFile = Found & { readonly file: CodeFile };

/** What is wrong with the settings of some names: `defect` says it of a value, where it is a constant. */
export const eachSetting = (
  index: CodeIndex,
  keys: readonly string[],
  defect: (value: ConstantValue, setting: WrittenSetting) => string | null,
): readonly InFile[] =>
  index.settings.flatMap((setting): InFile[] => {
    if (!keys.includes(setting.key) && !keys.includes(setting.key.toLowerCase())) return [];
    const value = constantIn(setting.value, lookAt(setting, index));
    const message = value === undefined ? null : defect(value, setting);
    return message === null ? [] : [{ file: setting.file, at: setting, message }];
  });

/** The strings in a list, a tuple, a set or alone. */
export const stringsIn = (value: Expression): readonly string[] => {
  if (value.kind === 'string') return value.value === null ? [] : [value.value];
  return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set' ? value.items.flatMap(stringsIn) : [];
};

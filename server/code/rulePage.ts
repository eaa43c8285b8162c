export const rulesPage = 'https://github.com/celeriac/celeriac/blob/main/docs/rules.md';

/** Where a rule is explained. */
export const rulePage = (id: string): string => `${rulesPage}#${id}`;

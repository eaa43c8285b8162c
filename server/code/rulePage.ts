export const rulesPage = 'https://github.com/celeriac/celeriac/blob/main/docs/rules.md';

/** Where differences between code and workers are explained. */
export const driftPage = `${rulesPage}#code-and-workers`;

/** Where a rule is explained. */
export const rulePage = (id: string): string => `${rulesPage}#${id}`;

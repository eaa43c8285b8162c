/** What tests with named pipes and devices are skipped by. */
export const withoutPipes = { skip: process.platform === 'win32' ? 'Windows has no named pipes in folders.' : false };

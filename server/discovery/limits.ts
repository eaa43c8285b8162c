/** How much of a workspace is read. What does not fit is left out, and told. */
export interface DiscoveryLimits {
  readonly depth: number;
  readonly folders: number;
  readonly files: number;
  /** Of a file of Python. */
  readonly bytesPerFile: number;
  /** Of a file of settings: real ones have a few kilobytes. */
  readonly bytesPerSettingsFile: number;
  readonly bytes: number;
  /** Names with values in one file of Python: each may stand for another one. */
  readonly valuesPerFile: number;
  /** Settings that name a broker: each is compared with the others. */
  readonly brokers: number;
}

export const discoveryLimits: DiscoveryLimits = {
  depth: 8,
  folders: 4_000,
  files: 2_000,
  bytesPerFile: 512 * 1024,
  bytesPerSettingsFile: 128 * 1024,
  bytes: 24 * 1024 * 1024,
  valuesPerFile: 2_000,
  brokers: 500,
};

/** Folders of others' code, and of what is made from one's own. */
export const ignoredFolders: ReadonlySet<string> = new Set([
  '__pycache__',
  'bower_components',
  'build',
  'dist',
  'env',
  'htmlcov',
  'migrations',
  'node_modules',
  'site-packages',
  'static',
  'staticfiles',
  'vendor',
  'venv',
  'virtualenv',
]);

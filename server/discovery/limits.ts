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
}

export const discoveryLimits: DiscoveryLimits = {
  depth: 8,
  folders: 4_000,
  files: 2_000,
  bytesPerFile: 512 * 1024,
  bytesPerSettingsFile: 128 * 1024,
  bytes: 24 * 1024 * 1024,
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

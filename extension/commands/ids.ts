/** Every command of the extension. The manifest declares the same ones; a test compares them. */
export const commandIds = {
  copyQueueName: 'celeriac.copyQueueName',
  editConnections: 'celeriac.editConnections',
  goToCode: 'celeriac.goToCode',
  inspectWorkers: 'celeriac.inspectWorkers',
  openFrame: 'celeriac.openFrame',
  purgeQueue: 'celeriac.purgeQueue',
  openDashboard: 'celeriac.openDashboard',
  refresh: 'celeriac.refresh',
  refreshInspection: 'celeriac.refreshInspection',
  restartBackend: 'celeriac.restartBackend',
  showLogs: 'celeriac.showLogs',
} as const;

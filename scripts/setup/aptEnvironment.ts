/**
 * What keeps Debian from starting each server that it installs. The usual way, a file /usr/sbin/policy-rc.d, would stay
 * behind when we are killed and keep every later server of this machine from starting; these end with apt-get.
 */
export const aptEnvironment = (inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...inherited,
  DEBIAN_FRONTEND: 'noninteractive',
  /** systemctl(1) does as in a chroot: it enables, and starts, stops and restarts nothing. */
  SYSTEMD_OFFLINE: '1',
  /** Without systemd: runlevel(8), which invoke-rc.d(8) asks, takes it from here, and in that of rescue no server is started. */
  RUNLEVEL: '1',
});

import assert from 'node:assert/strict';
import { win32 } from 'node:path';
import { describe, it } from 'node:test';
import { localPath } from '../../../server/api/localPath.ts';

const otherMachines = [
  '\\\\host\\share\\app.py',
  '//host/share/app.py',
  '\\/host/share/app.py',
  '/\\host\\share\\app.py',
  '\\\\host@8080\\DavWWWRoot\\app.py',
  '\\\\127.0.0.1\\c$\\app.py',
  '\\\\?\\UNC\\host\\share\\app.py',
  '\\\\?\\unc\\host\\share',
  '//?/UNC/host/share/app.py',
  '\\\\.\\UNC\\host\\share',
  '\\\\?\\GLOBALROOT\\Device\\Mup\\host\\share',
  '\\\\.\\pipe\\name',
  '\\??\\UNC\\host\\share',
  '\\\\?\\C:\\app.py',
  'file://host/share/app.py',
  'FILE:////host/share/app.py',
  'file:\\\\host\\share',
  'UNC\\host\\share',
  '\\app.py',
  '/srv/app.py',
  'C:app.py',
  'app.py',
  ' \\\\host\\share',
  'C:\\app\\NUL',
  'C:\\app\\com1.txt',
  'C:\\app.py:stream',
  'C:\\app\0.py',
  '',
];

describe('a path that another machine has named', () => {
  it('is not looked at on Windows when it may lead to another machine, however it is spelt', () => {
    for (const path of otherMachines) assert.equal(localPath(path, 'win32'), null, JSON.stringify(path));
  });

  it('is looked at on Windows when it begins with a drive', () => {
    for (const path of ['C:\\app\\tasks.py', 'c:/app/tasks.py', 'D:\\a b\\ü.py', 'C:\\console\\nullable.py'])
      assert.equal(localPath(path, 'win32'), path);
  });

  it('never leads from a drive to another machine', () => {
    const names = ['..', '\\', '/', '\\\\', '//', 'host', '?', 'UNC', '.', 'share', 'c$', '\\\\?\\UNC\\host'];
    for (const a of names)
      for (const b of names)
        for (const c of names) {
          const path = localPath(`C:\\${a}${b}\\${c}`, 'win32');
          if (path !== null) assert.match(win32.resolve(path), /^C:\\/i, path);
        }
  });

  it('is looked at elsewhere from the root on, but not where other machines are mounted when they are named', () => {
    for (const path of ['/srv/app/tasks.py', '/network/tasks.py']) assert.equal(localPath(path, 'linux'), path);
    const others = [
      '//host/share',
      '/net/host/share',
      '/./net/host',
      '/srv/../net/host',
      'file://host/a',
      'app.py',
      '',
    ];
    for (const path of others) assert.equal(localPath(path, 'linux'), null, path);
  });
});

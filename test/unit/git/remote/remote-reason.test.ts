import { expect, test } from 'vitest';
import { remoteReason } from '../../../../src/git/remote/remote-reason.ts';

/** What git says after ssh, or what ssh started, has ended. */
const DEAD =
  'fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n';
const CHANGED =
  '@@@@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@@@@@@@\nPlease contact your system administrator.\nHost key for [127.0.0.1]:2222 has changed and you have requested strict checking.\nHost key verification failed.\n';

test.each([
  ['a key is not accepted', 'git@host: Permission denied (publickey).\n', /^Permission denied/],
  [
    'a server is not known',
    'Host key verification failed.\r\n',
    /^Host key verification failed\.$/,
  ],
  ['a server has another key', CHANGED, /^Host key ver.* \(Host key for .*:2222 has changed and/],
  ['nobody listens', 'ssh: connect to host h port 22: Connection refused\n', /Connection refused$/],
  [
    'ssh does not take the key file',
    'Load key "/k": bad permissions\ngit@host: Permission denied (publickey).\n',
    /^Permission denied \(publickey\)\. \(Load key "\/k": bad permissions\)$/,
  ],
  ['the repository is missing', "fatal: '/x.git' does not appear to be a git\n", /'\/x\.git'/],
  ['the server has its own words', 'FATAL: W any state git DENIED by fallthru\n', /^FATAL: W any/],
])('over ssh: %s', (_, said, reason) => {
  expect(remoteReason(said + DEAD, '')).toMatch(reason);
});

const REFUSED = 'To x\n!\ta:refs/heads/b\t[remote rejected] (pre-receive hook declined)\nDone\n';

test.each([
  [
    'remote: no room at all\nerror: failed to push some refs to x\n',
    REFUSED,
    /declined\) \(no room/,
  ],
  ["fatal: unable to access 'http://h/': error: 403\n", '', /403$/],
  ["fatal: could not read Username for 'http://h': terminal prompts disabled\n", '', /credential/],
  ['error: RPC failed; HTTP 413\nfatal: the remote end hung up unexpectedly\n', '', /HTTP 413$/],
  ['fatal: the remote end hung up unexpectedly\n', '', /hung up/],
])('what says nothing does not hide what does: %s', (stderr, stdout, reason) => {
  expect(remoteReason(stderr, stdout)).toMatch(reason);
});

test('a git that says nothing has no reason', () => {
  expect(remoteReason('', 'Done\n')).toBeNull();
});

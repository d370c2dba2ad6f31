import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sshSigner } from '../../../../src/git/record/commit-signature.ts';
import { openStateRepository } from '../../../../src/git/record/state-repository.ts';
import type { StateRepository } from '../../../../src/git/record/state-repository.ts';
import { hostCommands } from '../../../../src/host/commands.ts';
import type { CommitId } from '../../../../src/model/brand.ts';
import { startSshAgent } from '../../../scenario/rig/ssh-agent.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { change, commitSpec, HOST } from '../state-samples.ts';

function refused(reason: RegExp): object {
  return { exitCode: 7, message: expect.stringMatching(reason) };
}

/** An ECDSA key: no two signatures of one text are alike. */
function newKey(dir: string, passphrase = ''): string {
  const file = join(dir, `key${passphrase}`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', passphrase, '-f', file]);
  return file;
}

function allow(dir: string, key: string): string {
  const file = join(dir, 'allowed');
  writeFileSync(file, `setpoint@${HOST} namespaces="git" ${readFileSync(`${key}.pub`, 'utf8')}`);
  return file;
}

function signingState(env: Record<string, string> = {}): StateRepository {
  return openStateRepository({
    stateDir: scratchDirectory(),
    host: HOST,
    newHostId: () => 'host-id-1',
    searchPath: process.env['PATH'],
    signer: sshSigner(hostCommands(process.env), env),
  });
}

async function signedCommit(state: StateRepository, key: string): Promise<CommitId> {
  const spec = await state.sign(commitSpec(await state.prepare(null, change('/a'))), key);
  const commit = await state.writeCommit(spec);
  expect([state.commitId(spec), await state.writeCommit(spec)]).toEqual([commit, commit]);
  await state.advance(commit, null);
  return commit;
}

test('a signed commit is what git itself would have signed, and the same text gives the same id', async () => {
  const [dir, state] = [scratchDirectory(), signingState()];
  const key = newKey(dir);
  const commit = await signedCommit(state, key);
  const settings = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${allow(dir, key)}`];
  plainGit(state.dir, ...settings, 'verify-commit', commit);
  plainGit(state.dir, 'fsck', '--strict');
  expect(plainGit(state.dir, ...settings, 'log', '--format=%G? %GS', commit)).toBe(
    `G setpoint@${HOST}\n`,
  );
  const spec = commitSpec(await state.prepare(null, change('/a')));
  const [one, two] = [await state.sign(spec, key), await state.sign(spec, key)];
  expect(state.commitId(one)).not.toBe(state.commitId(two));
});

test('a commit that joins histories is signed, too; one whose tree is not there is not written', async () => {
  const [dir, state] = [scratchDirectory(), signingState()];
  const key = newKey(dir);
  const first = await signedCommit(state, key);
  const spec = { ...commitSpec(`${first}^{tree}`), parents: [first] };
  const tree = plainGit(state.dir, 'rev-parse', spec.tree).trim();
  const joined = await state.writeJoining(await state.sign({ ...spec, tree }, key));
  await state.advance(joined, first);
  expect(await state.signatures(allow(dir, key))).toEqual({
    signed: 2,
    unsigned: 0,
    problems: [],
  });
  const lost = await state.sign(commitSpec('a'.repeat(40)), key);
  await expect(state.writeCommit(lost)).rejects.toThrow('SP5002');
});

test('signatures are counted; a changed commit and a key that is not allowed are told', async () => {
  const [dir, state] = [scratchDirectory(), signingState()];
  const key = newKey(dir);
  const first = await signedCommit(state, key);
  const text = plainGit(state.dir, 'cat-file', 'commit', first).replace('1 change', '2 changes');
  const args = ['hash-object', '-w', '-t', 'commit', '--stdin'];
  const forged = execFileSync('git', ['--git-dir', state.dir, ...args], { input: text })
    .toString()
    .trim() as CommitId;
  const plain = await state.writeCommit(
    commitSpec(await state.prepare(null, change('/b')), forged),
  );
  await state.advance(plain, first);
  const seen = await state.signatures(allow(dir, key));
  expect(seen).toMatchObject({ signed: 1, unsigned: 1 });
  expect(seen.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining(
      `1 signature is not accepted by ${join(dir, 'allowed')}: ${forged.slice(0, 12)}`,
    ),
  ]);
  plainGit(state.dir, 'update-ref', `refs/heads/setpoint/${HOST}`, first);
  const other = await state.signatures(allow(dir, newKey(scratchDirectory())));
  expect(other.problems).toMatchObject([{ code: 'SP5096' }]);
  expect(other.problems[0]?.help).toContain('-c gpg.ssh.allowedSignersFile=/');
  expect(await state.signatures(null)).toMatchObject({ signed: 1, problems: [] });
});

test.each<[string, (file: string) => void, string]>([
  ['missing', () => {}, 'there is no such file'],
  ['a directory', (file) => mkdirSync(file), 'it is no plain file'],
  ['without a signer', (file) => writeFileSync(file, '# later\n\n'), 'it names no signer'],
])(
  'a file of allowed signers that is %s is told as one that cannot be used',
  async (_, make, why) => {
    const [dir, state] = [scratchDirectory(), signingState()];
    await signedCommit(state, newKey(dir));
    const file = join(dir, 'allowed');
    make(file);
    expect((await state.signatures(file)).problems).toMatchObject([
      {
        code: 'SP5096',
        message: `signatures were not checked against ${file}: ${why}`,
        help: expect.stringContaining('state.allowedSigners'),
      },
    ]);
  },
);

test('a key that others may read, and a file that is no key, are told as that', async () => {
  const [dir, state] = [scratchDirectory(), signingState()];
  const spec = commitSpec('a'.repeat(40));
  const key = newKey(dir);
  chmodSync(key, 0o644);
  await expect(state.sign(spec, key)).rejects.toMatchObject(
    refused(/SP5095 .*: Permissions 0644 for '.*' are too open\./),
  );
  const none = join(dir, 'no-key');
  writeFileSync(none, 'x', { mode: 0o600 });
  await expect(state.sign(spec, none)).rejects.toMatchObject(refused(/: it is no private key/));
});

test('a key that is gone or wants a passphrase is told as that; an agent that has it signs', async () => {
  const [dir, state] = [scratchDirectory(), signingState()];
  const spec = commitSpec('a'.repeat(40));
  await expect(state.sign(spec, `${dir}/none`)).rejects.toMatchObject(
    refused(/SP5095 .*there is no such file/),
  );
  const key = newKey(dir, 'secret');
  await expect(state.sign(spec, key)).rejects.toMatchObject(refused(/incorrect passphrase/));
  const { socket, close } = startSshAgent(dir, key, 'secret');
  onTestFinished(close);
  const agent = signingState({ SSH_AUTH_SOCK: socket });
  expect((await agent.sign(spec, key)).signature).toContain('BEGIN SSH SIGNATURE');
});

import { expect, test } from 'vitest';
import { secretMark } from '../../../src/kinds/secret-marks.ts';

/** Put together, so that no scanner of this repository takes them for keys. */
function armour(words: string): string {
  return `-----BEGIN ${words}-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEH\n-----END ${words}-----\n`;
}

const marked = (text: string): string | null => secretMark(Buffer.from(text));

test.each([
  ['PRIVATE KEY', 'PEM'],
  ['ENCRYPTED PRIVATE KEY', 'PEM'],
  ['RSA PRIVATE KEY', 'PEM'],
  ['EC PRIVATE KEY', 'PEM'],
  ['OPENSSH PRIVATE KEY', 'OpenSSH'],
  ['PGP PRIVATE KEY BLOCK', 'PGP'],
])('a block %s is a secret wherever it stands in a file', (words, name) => {
  expect(marked(armour(words))).toContain(name);
  expect(marked(`# key of the server\r\n${armour('CERTIFICATE')}  ${armour(words)}`)).toContain(
    name,
  );
});

test('the client key of a kubeconfig is one in YAML and in JSON, and so is an age key', () => {
  const key = 'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVkt';
  expect(marked(`users:\n- user:\n    client-key-data: ${key}\n`)).toContain('kubeconfig');
  expect(marked(`{"user":{"client-key-data":"${key}"}}`)).toContain('kubeconfig');
  for (const yaml of [
    `|\n    ${key}`,
    `>-\n    ${key}`,
    `!!binary ${key}`,
    '*key',
    `&key ${key}`,
  ]) {
    expect(marked(`user:\n  client-key-data: ${yaml}\n`)).toContain('kubeconfig');
  }
  expect(marked(`AGE-SECRET-KEY-PQ-1${'QPZRY9X8GF2TVDW0'.repeat(3)}\n`)).toContain('age');
  expect(marked(`AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0'.repeat(3)}\n`)).toContain('age');
});

test('certificates, public keys, texts about keys and other bytes are none', () => {
  for (const words of ['CERTIFICATE', 'PUBLIC KEY', 'PGP PUBLIC KEY BLOCK', 'PGP MESSAGE']) {
    expect(marked(armour(words))).toBeNull();
  }
  expect(marked('client-key: /etc/kubernetes/pki/client.key\nclient-key-data: ""\n')).toBeNull();
  expect(marked('client-key-data: DATA+OMITTED+AND+MORE+OF+IT\n')).toBeNull();
  expect(marked('# AGE-SECRET-KEY-1... goes here, PRIVATE KEY below\n')).toBeNull();
  expect(secretMark(Buffer.alloc(100_000, 0xff))).toBeNull();
});

import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { secretMark } from '../../../src/kinds/secret-marks.ts';

const marked = (text: string): string | null => secretMark(Buffer.from(text));

/** Put together, so that no scanner of this repository takes it for a key. */
const PEM = ['-----BEGIN', 'PRIVATE', 'KEY-----\nMIGHAgEAMBMGByqGSM49\n'].join(' ');

const wide = (text: string, mark: string): Buffer => Buffer.from(mark + text, 'utf16le');

test.each([
  ['little endian', wide(PEM, '\ufeff')],
  ['big endian', wide(PEM, '\ufeff').swap16()],
  ['little endian without a mark', wide(PEM, '')],
  ['big endian without a mark', wide(PEM, '').swap16()],
  ['with other letters before it', wide(`\u0416\u4e2d ${PEM}`, '\ufeff').swap16()],
  ['the same without a mark', wide(`\u0416\u4e2d ${PEM}`, '')],
])('a PEM key in UTF-16 is one: %s', (_, bytes) => {
  expect(secretMark(bytes)).toBe('a PEM private key');
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const locked = { cipher: 'aes-256-cbc', passphrase: 'x' };

test.each([
  ['PKCS #8 of RSA', rsa.privateKey.export({ type: 'pkcs8', format: 'der' })],
  ['PKCS #8 of EC', ec.privateKey.export({ type: 'pkcs8', format: 'der' })],
  ['PKCS #8 of Ed25519', ed.privateKey.export({ type: 'pkcs8', format: 'der' })],
  ['encrypted PKCS #8', ec.privateKey.export({ type: 'pkcs8', format: 'der', ...locked })],
  ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'der' })],
  ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'der' })],
])('a private key in DER is one: %s', (_, der) => {
  expect(secretMark(der)).toBe('a private key in DER');
  expect(secretMark(der.subarray(0, -1))).toBeNull();
  expect(secretMark(Buffer.concat([der, Buffer.from([0])]))).toBeNull();
});

/** DER by hand, short forms only. */
const der = (tag: number, ...inside: (Buffer | number[])[]): Buffer => {
  const content = Buffer.concat(inside.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
};
const SHA256 = der(0x30, der(0x06, [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1]), [5, 0]);

test.each([
  ['a public key', rsa.publicKey.export({ type: 'spki', format: 'der' })],
  ['a public key of EC', ec.publicKey.export({ type: 'spki', format: 'der' })],
  ['a public key in PKCS #1', rsa.publicKey.export({ type: 'pkcs1', format: 'der' })],
  ['a certificate', der(0x30, der(0x30, [0xa0, 3, 2, 1, 2, 2, 1, 7]), SHA256, der(3, [0, 1]))],
  ['a request', der(0x30, der(0x30, [2, 1, 0]), SHA256, der(3, [0, 1]))],
  ['a digest', der(0x30, SHA256, der(4, [1, 2, 3, 4]))],
  ['a timestamp request', der(0x30, [2, 1, 1], der(0x30, SHA256, der(4, [1])), [1, 1, 255])],
  ['parameters', der(0x30, [2, 1, 23], [2, 1, 5])],
  ['nothing', Buffer.alloc(0)],
  ['a text that begins with 0', Buffer.from('0\u0082 items\n')],
])('%s in DER is none', (_, bytes) => {
  expect(secretMark(bytes)).toBeNull();
});

test.each([
  ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n'],
  ['Secret', 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  a: eA==\n'],
  ['Secret', 'stringData: # clear\n\n  # note\n  a: b\nkind: "Secret" # here\r\n'],
  ['Secret', 'kind: ConfigMap\n---\ndata: {a: eA==}\nkind: Secret\n'],
  ['Secret', 'kind: List\nitems:\n- apiVersion: v1\n  data:\n    a: eA==\n  kind: Secret\n'],
  ['Secret', 'items:\n  - kind: Secret\n    stringData:\n      a: b\n'],
  ['Secret', 'data:\n  all.yaml: |\n    kind: Secret\n    data:\n      a: eA==\n'],
  ['Secret', '{"kind":"List","items":[{"data":{"a":"eA=="},"kind":"Secret"}]}'],
  ['Secret', '{"kind": "Secret",\n "stringData": {"a": "b"}}\n{"kind": "Pod"}\n'],
  ['Secret', '{kind: Secret, data: {a: eA==}}\n'],
  ['kubeconfig', 'kind: Config\nusers:\n- name: a\n  user:\n    token: eyJhbGciOi.J9\n'],
  ['kubeconfig', '{"kind":"Config","users":[{"user":{"password":"hunter22"}}]}'],
  [
    'EncryptionConfiguration',
    'kind: EncryptionConfiguration\nresources:\n- providers:\n  - secretbox:\n      keys:\n      - name: k\n        secret: YWJjZGVmZ2hpamtsbW5vcA==\n',
  ],
  [
    'EncryptionConfiguration',
    '{"kind":"EncryptionConfig","keys":[{"secret":"YWJjZGVmZ2hpamtsbW5vcA=="}]}',
  ],
])('a %s with something in it is a secret: %s', (name, text) => {
  expect(marked(text)).toContain(name);
  expect(marked(`\ufeff${text}`)).toContain(name);
  expect(secretMark(wide(text, '\ufeff'))).toContain(name);
});

/** A kubeconfig whose user has these lines. */
const user = (lines: string, head = 'kind: Config\n'): string =>
  `apiVersion: v1\n${head}clusters: []\nusers:\n- name: a\n  user:\n${lines.replaceAll(/^/gm, '    ')}\n`;
const note = JSON.stringify({ kind: 'Secret', data: { a: 'eA==' } });
const KEY = 'YWJjZGVmZ2hpamtsbW5vcA==';

test.each([
  ['kubeconfig', user('password: "p#word"')],
  ['kubeconfig', user('password: "p{[word"')],
  ['kubeconfig', user('password: 12')],
  ['kubeconfig', user('token: >-\n  eyJhbGciOi')],
  ['kubeconfig', user('token:\n  eyJhbGciOi')],
  ['kubeconfig', user('token: &t xyz')],
  ['kubeconfig', user('"to\\u006ben": "xyz"', '"kind": "Con\\x66ig"\n')],
  ['kubeconfig', user('token: eyJhbGciOi', '')],
  ['kubeconfig', user('token: eyJhbGciOi', 'kind: !!str Config\n')],
  ['kubeconfig', user('client-key-data:\n  TFMwdExTMQ==', '')],
  ['kubeconfig', `shared: &u\n  token: x\nusers:\n- user: *u\n`],
  ['kubeconfig', `shared: &u\n  token: x\nusers:\n- user:\n    <<: *u\n    a: b\n`],
  ...['id-token', 'refresh-token', 'client-secret', 'access-token'].map((name) => [
    'kubeconfig',
    user(`auth-provider:\n  config:\n    ${name}: x`),
  ]),
  ['kubeconfig', `data:\n  a: |\n    ${user('token: >-\n  xyz').replaceAll('\n', '\n    ')}\n`],
  ['kubeconfig', `kind: Config\nusers:\n- user: {password: {{ pw }}\n`],
  ['kubeconfig', `contexts:\n- {{ x }}\nusers:\n- user:\n    {{ y }}\n    token: &t "!"\n`],
  ['kubeconfig', `#${'#'.repeat(1024 * 1024)}\n${user('password: "p{[word"')}`],
  ['Secret', 'kind: !!str Secret\ndata: {a: eA==}\n'],
  ['Secret', '? kind\n: Secret\n? data\n:\n  a: eA==\n'],
  ['Secret', 'apiVersion: v1\rkind: Secret\rdata:\r  a: eA==\r'],
  ['Secret', '{"\\u006bind":"Secret","data":{"a":"eA=="}}'],
  ['Secret', '{"kind":"\\u0053ecret","data":{"a":"eA=="}}'],
  ['Secret', `metadata:\n  annotations:\n    note: '${note}'\n`],
  ['Secret', `a: |\n  b: |\n    c: |\n      d: '${note}'\n`],
  ['Secret', `kind: Secret\ndata:\n  {{- range }}\n  a: {{ b }}\n`],
  ['Secret', `cat <<E\n{"kind":\n!!str "Secret", "stringData": {"a": "b"}}\nE\n`],
  ['EncryptionConfiguration', `kind: EncryptionConfiguration\nkeys:\n- secret: |-\n    ${KEY}\n`],
  ['EncryptionConfiguration', `kind: &k EncryptionConfig\nkeys:\n- secret: !!str ${KEY}\n`],
  ['EncryptionConfiguration', `kind: EncryptionConfiguration\n{{ x }}\n  secret: !!str ${KEY}\n`],
])('a %s is told however it is written: %s', (name, text) => {
  expect(marked(text)).toContain(name);
});

test('what is deep, long or no YAML at all is looked through all the same', () => {
  const hint = 'users:\n- user:\n    token: ""\nkind: Config, Secret\ndata:\n';
  for (const odd of [
    '[',
    '{a: ',
    '- ',
    '&a ',
    '? ',
    'kind:!',
    '"',
    '\n ',
    'users:',
    '*a ',
    '\\x41',
  ]) {
    for (const times of [2000, 300_000]) expect(marked(hint + odd.repeat(times))).toBeNull();
  }
  const aliases = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
  expect(marked(`${hint}a0: &a0 x\n${aliases.join('\n')}\n`)).toBeNull();
  const deep = '{"users":[{"user":'.repeat(20_000);
  expect(marked(`${deep}{"token":""}${'}]}'.repeat(20_000)}`)).toBeNull();
});

test.each([
  ['kind: ConfigMap\ndata:\n  a: b\n'],
  ['kind: Secret\nmetadata:\n  name: a\n'],
  ['kind: Secret\ndata: {}\nstringData:\ntype: Opaque\n'],
  ['kind: Secret\ndata:\n---\n  a: b\n'],
  ['kind: Secret\n---\nkind: ConfigMap\ndata:\n  a: b\n'],
  ['items:\n- kind: Secret\n  name: a\n- kind: ConfigMap\n  data:\n    a: b\n'],
  ['kind: Policy\nspec:\n  match:\n    kind: Secret\ndata:\n  a: b\n'],
  ['kind: SecretStore\ndata:\n  a: b\n'],
  ['kind: ExternalSecret\ndata:\n- secretKey: a\n'],
  ['kind: SealedSecret\nspec:\n  encryptedData:\n    a: b\n'],
  ['{"items":[{"kind":"Secret","name":"a"},{"kind":"ConfigMap","data":{"a":"b"}}]}'],
  ['{"kind":"Secret","data":{}}'],
  ['kind: Config\nusers:\n- user:\n    client-certificate: /a.crt\n    tokenFile: /run/token\n'],
  ['kind: Config\nusers:\n- user:\n    token: REDACTED\n    password: ""\n'],
  ['kind: EncryptionConfiguration\nresources:\n- providers:\n  - identity: {}\n'],
  ['kind: EncryptionConfiguration\n# secret: <BASE 64 ENCODED SECRET>\n'],
  ['users:\n- name: a\n  password: hunter22\nkind: Cluster\n'],
  ['users:\n- user: a\n  password: hunter22\n'],
  ['http {\n  # users: kind of Secret data\n  user: www;\n  token x;\n}\n'],
  [
    'kind: Pod\nspec:\n  volumes:\n  - secret: {secretName: a}\n  data: |\n    a Secret of users, token: x\n',
  ],
  [user('username: a\npassword: ""\ntoken: null\nclient-key-data: DATA+OMITTED')],
  [user('exec: {command: get-token, args: [--password-file]}')],
  [`{{ kind: Secret\ndata: {}\n`],
  [`kind: EncryptionConfiguration\nkeys:\n- secret: <BASE 64 ENCODED SECRET>\n{{\n`],
  ['PuTTY-User-Key-File- is how such a file begins\n'],
  ['---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n'],
])('only a name, or nothing in it, is no secret: %s', (text) => {
  expect(marked(text)).toBeNull();
});

it('the hosts, manifests and plans of this repository are none', () => {
  const root = join(import.meta.dirname, '../../..');
  const all = ['fixtures', 'plans', 'docs', 'schemas'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, folder, name),
    ),
  );
  const files = all.filter((file) => statSync(file).isFile());
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => secretMark(readFileSync(file)) !== null)).toEqual([]);
});

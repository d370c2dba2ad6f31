import { expect, test } from 'vitest';
import { manifestKind } from '../../../../../src/kinds/manifest/manifest-kind.ts';
import { decodeAsKubelet } from '../../../../../src/kinds/manifest/pod/parse-pod.ts';
import type { HostPath, RunId } from '../../../../../src/model/brand.ts';

const RUN = '01K3QN5T8ZP1YHC2V4M6R8X9WE' as RunId;
const PATH = '/etc/kubernetes/manifests/api.yaml' as HostPath;
const HEAD = 'apiVersion: v1\nkind: Pod\n';
const SPEC = 'spec:\n  containers:\n  - name: api\n    command: [api]\n';

function renew(text: string) {
  const image = { exists: true, bytes: Buffer.from(text), mode: 0o640 } as const;
  const renewed = manifestKind.renew?.(image, RUN, PATH);
  if (renewed?.ok !== true) return { codes: renewed?.diagnostics.map(({ code }) => code) };
  if (!renewed.value.exists) throw new Error('it is gone');
  expect(renewed.value.mode).toBe(0o640);
  return { text: Buffer.from(renewed.value.bytes).toString() };
}

const LINE = `setpoint/renewed: "${RUN}"`;

test.each([
  [
    'no annotations',
    `${HEAD}metadata:\n  name: api # the one\n  labels:\n    a: b\n${SPEC}`,
    `${HEAD}metadata:\n  name: api # the one\n  labels:\n    a: b\n  annotations:\n    ${LINE}\n${SPEC}`,
  ],
  [
    'others',
    `${HEAD}metadata:\n  annotations:\n      x/y: z # why\n  name: api\n${SPEC}`,
    `${HEAD}metadata:\n  annotations:\n      x/y: z # why\n      ${LINE}\n  name: api\n${SPEC}`,
  ],
  [
    'that of an earlier run',
    `${HEAD}metadata:\n  annotations: {setpoint/renewed: old, b: c}\n  name: api\n${SPEC}`,
    `${HEAD}metadata:\n  annotations: {setpoint/renewed: "${RUN}", b: c}\n  name: api\n${SPEC}`,
  ],
  [
    'an empty map',
    `${HEAD}metadata:\n  annotations: {}\n  name: api\n${SPEC}`,
    `${HEAD}metadata:\n  annotations: {${LINE}}\n  name: api\n${SPEC}`,
  ],
  [
    'metadata in one line',
    `${HEAD}metadata: {name: api}\n${SPEC}`,
    `${HEAD}metadata: {name: api, annotations: {${LINE}}}\n${SPEC}`,
  ],
  [
    'metadata last, without a line end',
    `${HEAD}${SPEC}metadata:\n  name: api`,
    `${HEAD}${SPEC}metadata:\n  name: api\n  annotations:\n    ${LINE}`,
  ],
])('a manifest with %s gets the annotation, and nothing else changes', (_, before, after) => {
  expect(renew(before)).toEqual({ text: after });
});

test('CRLF and JSON keep their form', () => {
  const crlf = `${HEAD}metadata:\n  name: api\n${SPEC}`.replaceAll('\n', '\r\n');
  expect(renew(crlf).text).toContain(`name: api\r\n  annotations:\r\n    ${LINE}\r\nspec:`);
  const json = JSON.stringify(decodeAsKubelet(`${HEAD}metadata:\n  name: api\n${SPEC}`));
  const renewed = JSON.parse(renew(json).text ?? '') as { metadata: unknown };
  expect(renewed.metadata).toEqual({ name: 'api', annotations: { 'setpoint/renewed': RUN } });
});

test.each([
  ['a uid of its own', `metadata:\n  name: api\n  uid: 1f2e\n`, 'SP4111'],
  ['annotations without a value', `metadata:\n  name: api\n  annotations:\n`, 'SP4111'],
  ['an anchor', `metadata:\n  name: api\n  annotations: &a {x: y}\n`, 'SP4111'],
  ['a comment inside', `metadata:\n  name: api\n  annotations: {x: y, # z\n    }\n`, 'SP4111'],
])('one with %s is left as it is', (_, metadata, code) => {
  expect(renew(`${HEAD}${metadata}${SPEC}`)).toEqual({ codes: [code] });
});

test('what is no manifest is refused as ever', () => {
  expect(renew('kind: Service\n')).toEqual({ codes: ['SP2006'] });
});

import { expect, it } from 'vitest';
import type { HostName, WorkspacePath } from '../../../../src/model/brand.ts';
import type { Variables } from '../../../../src/model/plan-file.ts';
import { parsePlanFile } from '../../../../src/plan/files/parse-plan.ts';
import { planInputs } from '../../../../src/plan/files/plan-inputs.ts';

const FILE = 'plans/app.yaml' as WorkspacePath;

function readSource() {
  return { bytes: Buffer.from(''), executable: false };
}

function inputsOf(resources: readonly string[], vars: Variables | null = {}) {
  const text = `setpoint: v1\nname: app\nvars: {which: a}\nresources:\n${resources
    .map((fields, i) => `  r${i}: {kind: file, path: /etc/r${i}, ${fields}}\n`)
    .join('')}`;
  const document = parsePlanFile(text, FILE);
  if (!document.ok) throw new Error(JSON.stringify(document.diagnostics));
  return planInputs(document.value, { host: 'cp-1' as HostName, vars, readSource });
}

it.each([
  ['the source of a file', ['source: files/a.key, record: digest'], ['files/a.key']],
  ['the plan file, where the content stands in it', ['content: "x", record: digest'], [FILE]],
  ['nothing of files that are recorded in full', ['source: b', 'content: "x", record: full'], []],
])('%s is not recorded', (_, resources, wanted) => {
  expect(inputsOf(resources).unrecorded).toEqual(wanted);
});

it.each([
  ['a file is named by a variable', '${vars.which}', false],
  ['files are named outright, or by the host', '${host.name}', true],
])('where values of --var are not known and %s', (_, name, complete) => {
  const resources = [`source: "files/${name}.conf", mode: "0644"`, 'content: "${vars.which}"'];
  expect(inputsOf(resources, null).complete).toBe(complete);
  expect(inputsOf(resources, { which: 'b' }).complete).toBe(true);
});

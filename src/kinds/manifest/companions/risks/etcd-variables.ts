import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../../model/file-image.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import { readCommandLine } from '../../flags/command-line.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { canonicalFlagName } from '../../flags/item-key.ts';
import { literalEnvironment } from '../../pod/argv.ts';
import { readContainer } from '../../pod/container.ts';
import { etcdVariable, readVariable } from '../../pod/etcd-variable.ts';
import { readPod } from '../../pod/parse-pod.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { componentOfLine } from '../component-of-line.ts';
import { flagText, settingText } from '../flag-text.ts';

/**
 * Declared flags of etcd that its environment sets, too (SP2123), or may set where it cannot be seen (SP2099), whether or not the
 * manifest changes: etcd ends at its start with both, and a flag that is not given is no setting that is gone. With a config file
 * it reads neither.
 */
export function judgeEtcdVariables(
  spec: ManifestSpec,
  after: FileImage,
  path: string,
): readonly Diagnostic[] {
  const pod = readPod(after, path);
  const container = pod.ok ? readContainer(pod.value, spec.container) : pod;
  const line = container.ok ? readCommandLine(container.value) : container;
  if (!line.ok || componentOfLine(line.value) !== 'etcd') return [];
  const hasFile = settingText(line.value, 'config-file') !== null;
  const flags = Object.keys(spec.flags).map(canonicalFlagName);
  return flags
    .filter((flag) => !hasFile || (flag === 'config-file' && flagText(line.value, flag) === null))
    .flatMap((flag) => judgeVariable(line.value, flag).map((said) => ({ ...said, flag })));
}

function judgeVariable(line: CommandLine, flag: string): readonly Diagnostic[] {
  const { path } = line.container.source;
  const { state } = readVariable(literalEnvironment(line.container.decoded), flag);
  const isGiven = flagText(line, flag) !== null;
  if (state === 'absent' || (state === 'empty' && !isGiven)) return [];
  const name = etcdVariable(flag);
  if (state === 'unseen') {
    const what = `whether envFrom of the container has ${name} cannot be seen`;
    const so = isGiven ? 'etcd does not start with it beside the flag' : 'it would set the flag';
    return [{ code: 'SP2099', severity: 'warning', message: `${path}: ${what}: ${so}` }];
  }
  if (isGiven) {
    const what = `etcd does not start with --${flag} beside ${name}, which env of the container has`;
    const help = `put the flag in place of the variable in one edit of the manifest by hand, and the plan adopts it; or leave ${flag} out of the plan file`;
    return [refusal('SP2123', path, what, help)];
  }
  const what = `--${flag} is not given, but ${name} in env of the container sets it`;
  const help = `take the variable out of the manifest by hand; or leave ${flag} out of the plan file`;
  return [refusal('SP2123', path, what, help)];
}

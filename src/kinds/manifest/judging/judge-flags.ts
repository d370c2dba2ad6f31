import { minorVersion } from '../../../catalogue/minor-version.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import type { FlagDeclaration, ManifestSpec } from '../../../model/plan-file.ts';
import { readCommandLine } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { likelyComponent } from '../pod/component.ts';
import { readContainer } from '../pod/container.ts';
import type { WrittenContainer } from '../pod/container.ts';
import { refusal } from '../../../structured/refusal.ts';
import { canonicalFlagName } from '../flags/item-key.ts';
import { readPod } from '../pod/parse-pod.ts';
import { aboutFlag } from '../about-flag.ts';
import { judgeConflicts } from './judge-conflicts.ts';
import { judgeDefault } from './judge-default.ts';
import type { Lines } from './judge-default.ts';
import { judgeGates } from './judge-gates.ts';
import { judgeGateSpelling } from './judge-gate-spelling.ts';
import { judgeName } from './judge-name.ts';
import { judgeNeeds } from './judge-needs.ts';
import { judgePlugins } from './judge-plugins.ts';
import { judgeRunning } from './judge-running.ts';
import { judgeValue } from './judge-value.ts';
import { lookUp } from './look-up.ts';
import { runningComponent, startedOf } from '../pod/running-component.ts';
import { softened } from './subject.ts';
import type { Subject } from './subject.ts';

/**
 * What the catalogue says of the declared flags, for the version of the image in the manifest (SP2060–SP2075). Nothing of containers
 * that run something else and of flags that no plan declares; where nothing is written, only what is not in order as it stands.
 */
export function judgeFlags(
  spec: ManifestSpec,
  before: FileImage,
  after: FileImage,
  path: string,
): readonly Diagnostic[] {
  const rule = spec.catalogue ?? 'strict';
  const line = rule === 'off' ? null : commandLineIn(after, spec.container, path);
  const running = line === null ? null : runningComponent(line.container);
  if (rule === 'off' || line === null) return [];
  // What runs with these flags takes them; only a manifest that is written can be kept from starting.
  const written = before !== after;
  if (running === null) return written ? judgeUnknownStart(line.container, rule, path) : [];
  const found = lookUp(running, rule, path);
  if (found.catalogue === null) return written ? found.refusals : [];
  const { catalogue } = found;
  const subject = { path, catalogue, runs: minorVersion(running.version ?? '') };
  const lines = { before: commandLineIn(before, spec.container, path), after: line };
  const judgeOne = written ? judgeFlag : judgeExcluded;
  const said = Object.entries(spec.flags).flatMap(([name, declaration]) =>
    aboutFlag(canonicalFlagName(name), (flag) => judgeOne(subject, flag, declaration, lines)),
  );
  const declared = new Set(Object.keys(spec.flags).map(canonicalFlagName));
  if (written) {
    said.push(...judgeNeeds(subject, declared, line), ...judgeConflicts(subject, declared, line));
  }
  const warnings = written ? found.warnings : [];
  return [...warnings, ...(rule === 'lenient' ? said.map(softened) : said)];
}

/** SP2075: a container that is called like a component, and is started by something else. */
function judgeUnknownStart(
  container: WrittenContainer,
  rule: 'strict' | 'lenient',
  path: string,
): readonly Diagnostic[] {
  const { image, argv } = startedOf(container);
  const component = likelyComponent(startedOf(container), container.name);
  if (component === null) return [];
  const program = container.command === null ? JSON.stringify(image) : JSON.stringify(argv[0]);
  const what = `what starts ${component} is not known: ${program}, so its flags cannot be checked`;
  const help = `write ${component} itself as the command, or say \`catalogue: off\` on the resource`;
  const said = refusal('SP2075', path, what, help);
  return [rule === 'lenient' ? softened(said) : said];
}

export function judgeFlag(
  subject: Subject,
  flag: string,
  declaration: FlagDeclaration,
  lines: Lines,
): readonly Diagnostic[] {
  const named = judgeName(subject, flag, setsSomething(declaration));
  const fact = subject.catalogue.flags.get(flag);
  if (fact === undefined) return named;
  return [
    ...named,
    ...judgeValue(subject, fact, declaration, lines.after),
    ...judgeGates(subject, fact, declaration),
    ...judgeGateSpelling(subject, fact, lines.after),
    ...judgePlugins(subject, flag, declaration),
    ...judgeExcluded(subject, flag, declaration, lines),
  ];
}

/** What is excluded from a list may be in force although no list on the command line holds it. */
function judgeExcluded(
  subject: Subject,
  flag: string,
  declaration: FlagDeclaration,
  lines: Lines,
): readonly Diagnostic[] {
  const fact = subject.catalogue.flags.get(flag);
  if (fact === undefined) return [];
  return [
    ...judgeDefault(subject, fact, declaration, lines),
    ...judgeRunning(subject, flag, declaration, lines.after),
  ];
}

/** Whether the flag is to be given because of a declaration, not only kept from something. */
function setsSomething(declaration: FlagDeclaration): boolean {
  if (declaration.form === 'elements') return declaration.include.length > 0;
  if (declaration.form !== 'entries') return declaration.form === 'value';
  return Object.values(declaration.entries).some((value) => value !== null);
}

function commandLineIn(
  image: FileImage,
  container: string | null,
  path: string,
): CommandLine | null {
  const pod = readPod(image, path);
  const chosen = pod.ok ? readContainer(pod.value, container) : pod;
  const line = chosen.ok ? readCommandLine(chosen.value) : chosen;
  return line.ok ? line.value : null;
}

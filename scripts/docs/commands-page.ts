interface Flag {
  readonly name: string;
  readonly char?: string;
  readonly description?: string;
  readonly helpValue?: string;
  readonly helpGroup?: string;
  readonly default?: unknown;
  readonly options?: readonly string[];
  readonly type: 'boolean' | 'option';
  readonly hidden?: boolean;
}

interface Command {
  readonly description?: string;
  readonly summary?: string;
  readonly hidden?: boolean;
  readonly examples?: readonly string[];
  readonly args: Readonly<Record<string, { readonly name: string; readonly description?: string }>>;
  readonly flags: Readonly<Record<string, Flag>>;
}

export interface CommandManifest {
  readonly commands: Readonly<Record<string, Command>>;
}

const HEAD = `# Commands

<!-- Generated from the commands themselves by \`npm run docs\`. Do not edit. -->
`;

/** docs/reference/commands.md from the oclif manifest. */
export function commandsPage(manifest: CommandManifest): string {
  const commands = Object.entries(manifest.commands).filter(
    ([, command]) => command.hidden !== true,
  );
  const global = Object.values(commands[0]?.[1].flags ?? {}).filter(isGlobal);
  const sections = commands.map(([id, command]) => section(id.replaceAll(':', ' '), command));
  return `${HEAD}
## Every command

${table(global)}
${sections.join('')}`;
}

function isGlobal(flag: Flag): boolean {
  return flag.helpGroup === 'GLOBAL' && flag.hidden !== true;
}

function section(name: string, command: Command): string {
  const args = Object.values(command.args);
  const own = Object.values(command.flags).filter(
    (flag) => !isGlobal(flag) && flag.hidden !== true,
  );
  const examples = (command.examples ?? []).map(
    (line) => `    ${line.replaceAll('<%= config.bin %>', 'setpoint')}\n`,
  );
  return [
    `\n## setpoint ${name}\n\n${command.summary ?? command.description ?? ''}\n`,
    ...args.map((arg) => `\n\`${arg.name.toUpperCase()}\`: ${arg.description ?? ''}\n`),
    own.length === 0 ? '' : `\n${table(own)}`,
    examples.length === 0 ? '' : `\n${examples.join('')}`,
  ].join('');
}

function table(flags: readonly Flag[]): string {
  const rows = flags
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => `| \`${spelling(flag)}\` | ${meaning(flag)} |\n`);
  return `| flag | meaning |\n| --- | --- |\n${rows.join('')}`;
}

function spelling(flag: Flag): string {
  const short = flag.char === undefined ? '' : `-${flag.char}, `;
  const value =
    flag.type === 'boolean' ? '' : ` ${flag.helpValue ?? flag.options?.join('\\|') ?? 'VALUE'}`;
  return `${short}--${flag.name}${value}`;
}

function meaning(flag: Flag): string {
  const standard = typeof flag.default === 'string' ? ` (default ${flag.default})` : '';
  return `${flag.description ?? ''}${standard}`;
}

/** The doors between folders (docs/ARCHITECTURE.md): who may import whom. */
const doors = {
  model: [],
  diagnostics: [],
  cron: ['model', 'diagnostics'],
  structured: ['model', 'diagnostics'],
  catalogue: ['model', 'diagnostics', 'generated'],
  generated: [],
  kinds: ['cron', 'structured', 'model', 'diagnostics', 'catalogue', 'generated'],
  plan: ['kinds', 'catalogue', 'cron', 'structured', 'model', 'diagnostics', 'generated'],
  host: ['model', 'diagnostics'],
  checks: ['host', 'kinds', 'catalogue', 'model', 'diagnostics'],
  git: ['host', 'model', 'diagnostics'],
  assets: ['host', 'model', 'diagnostics'],
  apply: ['kinds', 'checks', 'assets', 'host', 'git', 'model', 'diagnostics'],
  operations: [
    'plan',
    'apply',
    'checks',
    'assets',
    'git',
    'host',
    'kinds',
    'catalogue',
    'cron',
    'structured',
    'model',
    'diagnostics',
    'generated',
  ],
  cli: ['operations', 'model', 'diagnostics', 'generated'],
  recovery: ['operations', 'model', 'diagnostics'],
};

/** The doors within some folders, from the bottom up. */
const floors = {
  apply: {
    journal: [],
    guardian: [],
    files: ['journal'],
    machine: ['guardian', 'journal'],
    revert: ['machine', 'files', 'journal'],
    run: ['revert', 'machine', 'files', 'journal'],
    settle: ['run', 'revert', 'machine', 'files', 'journal'],
    recovery: ['settle', 'run', 'revert', 'machine', 'files', 'journal'],
  },
  // `git-command.ts` and `state-error.ts`, beside the folders, serve all of them.
  git: {
    objects: [],
    audit: ['objects'],
    record: ['audit', 'objects'],
    remote: ['record', 'objects'],
    workspace: ['remote', 'objects'],
  },
  // No kind imports another; the files beside the folders serve all of them.
  kinds: {
    'structured-items': [],
    crontab: [],
    file: [],
    manifest: [],
    cronjob: ['structured-items'],
    schedule: ['structured-items'],
  },
  // The files beside the folders compose them to the kind.
  'kinds/manifest': {
    text: [],
    pod: ['text'],
    flags: ['pod', 'text'],
    values: ['flags'],
    edit: ['flags', 'pod', 'text'],
    identity: ['pod'],
    judging: ['values', 'flags', 'pod'],
    gates: ['identity', 'values', 'flags', 'pod', 'text'],
    mounts: ['flags', 'pod', 'text'],
    companions: ['mounts', 'gates', 'values', 'flags', 'pod', 'text'],
    audit: ['values', 'flags', 'pod'],
  },
};

module.exports = {
  forbidden: [
    ...Object.entries(floors).flatMap(([house, rooms]) =>
      Object.entries(rooms).map(([from, to]) => ({
        name: `floor-${house}-${from}`,
        comment: `src/${house}/${from} may import of src/${house} only: ${[from, ...to].join(', ')}`,
        severity: 'error',
        from: { path: `^src/${house}/${from}/` },
        to: {
          path: `^src/${house}/[^/]+/`,
          pathNot: `^src/${house}/(${[from, ...to].join('|')})/`,
        },
      })),
    ),
    ...Object.entries(doors).map(([from, to]) => ({
      name: `door-${from}`,
      comment: `src/${from} may import only: ${[from, ...to].join(', ')}`,
      severity: 'error',
      from: { path: `^src/${from}/` },
      to: { path: '^src/', pathNot: `^src/(${[from, ...to].join('|')})/` },
    })),
    {
      name: 'pure-core',
      comment:
        'model, diagnostics, cron, structured, kinds, catalogue and plan touch nothing outside: no node built-ins but crypto, path, util',
      severity: 'error',
      from: { path: '^src/(model|diagnostics|cron|structured|kinds|catalogue|plan)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|path|path/posix|util|buffer)$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'product-not-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};

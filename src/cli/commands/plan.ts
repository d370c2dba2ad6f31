import { Flags } from '@oclif/core';
import type { Interfaces } from '@oclif/core';

import type { Millis } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { PlanOptions } from '../../operations/plan-changes.ts';
import type { PlanResult } from '../../operations/results.ts';
import type { Session, UnnamedSession } from '../../operations/session.ts';
import { BaseCommand } from '../base-command.ts';
import type { Answer } from '../base-command.ts';
import type { CommandContext } from '../command-context.ts';
import { lifetime } from '../lifetime.ts';
import { nextApply } from '../next-apply.ts';
import { usageError } from '../usage-error.ts';
import { planNames, PLANS_ARGUMENT, PLAN_VIEW_FLAGS, VARIABLE_FLAGS } from '../plan-flags.ts';
import { ACKNOWLEDGE_FLAG } from '../run-flags.ts';
import { readVariables } from '../variables.ts';
import { absolutePath } from '../working-directory.ts';

export default class Plan extends BaseCommand {
  static override summary = 'show what apply would change; changes nothing';
  static override examples = [
    '<%= config.bin %> plan',
    '<%= config.bin %> plan apiserver-audit-log --diff',
    '<%= config.bin %> plan --out plan.json',
    '<%= config.bin %> plan --against recorded --host cp-1',
    '<%= config.bin %> plan --all-hosts',
  ];
  static override args = PLANS_ARGUMENT;
  static override flags = {
    ...VARIABLE_FLAGS,
    ...ACKNOWLEDGE_FLAG,
    ...PLAN_VIEW_FLAGS,
    out: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      description: 'save the change set, so that apply executes exactly it',
    }),
    expires: Flags.custom<Millis>({
      helpValue: 'TIME',
      dependsOn: ['out'],
      description:
        'after this time the saved change set is not applied any more, such as 7d or 12h',
      parse: (input) => Promise.resolve(lifetime(input)),
    })(),
    against: Flags.option({
      options: ['host', 'recorded'] as const,
      description:
        'what to look at: the host (default), or its recorded state, which state.remote has for machines without access',
    })(),
    ref: Flags.string({
      helpValue: 'COMMIT',
      description:
        'plan what this commit of the workspace declares, instead of the files that lie here',
    }),
    emit: Flags.option({
      options: ['kubeadm-patch'] as const,
      exclusive: ['diff', 'compact', 'verbose'],
      description:
        'print, instead of the plan, what to put into the configuration of kubeadm, so that its upgrades keep the declared flags',
    })(),
    'kubeadm-api': Flags.option({
      options: ['v1beta3', 'v1beta4'] as const,
      dependsOn: ['emit'],
      description: 'its form (default: v1beta3 for images before 1.31, else v1beta4)',
    })(),
    'all-hosts': Flags.boolean({
      default: false,
      exclusive: ['out', 'host', 'emit'],
      description: 'plan every host that setpoint.yaml expects, from what is recorded',
    }),
    'detailed-exitcode': Flags.boolean({
      default: false,
      description: 'exit 2 when there are changes, or files that were not observed',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Plan);
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      const plans = planNames(args.plans);
      const out = flags.out === undefined ? null : absolutePath('--out', flags.out);
      const emit = flags.emit === undefined ? undefined : { api: flags['kubeadm-api'] ?? null };
      const acknowledged = planNames(flags['acknowledge-irreversible']);
      const options = { plans, vars, acknowledged, out, expires: flags.expires, emit };
      if (flags['all-hosts'] && flags.against === 'host') {
        const message = '--all-hosts cannot look at hosts: it plans from what is recorded of them';
        throw usageError('SP9001', message, 'leave --against out');
      }
      return flags['all-hosts']
        ? planHosts(context, options, flags)
        : planHost(context, options, flags);
    });
  }
}

type PlanFlags = Interfaces.InferredFlags<typeof Plan.flags>;

async function planHost(
  context: CommandContext,
  options: PlanOptions,
  flags: PlanFlags,
): Promise<Answer> {
  const session = await context.session();
  const result = await atCommit(session, flags, (at) => planned(at, options, flags));
  const { isPending } = await import('../views/change-counts.ts');
  const isPatch = result.emitted !== undefined;
  // A patch is piped on, so that what is wrong with it has to be seen by its status. A plan shows what keeps apply from working.
  const isWrong = isPatch && result.blockers.some(({ severity }) => severity === 'error');
  const settled = flags['detailed-exitcode'] && isPending(result.set) ? EXIT.pending : EXIT.done;
  return {
    result,
    exitCode: isWrong ? EXIT.stale : settled,
    diagnostics: [...result.blockers, ...result.warnings],
    inText: !isPatch,
    text: async (view) => {
      if (result.emitted !== undefined) return result.emitted;
      const { planView } = await import('../views/plan-view.ts');
      const { verbose, diff, compact } = flags;
      const here = flags.against !== 'recorded';
      // An incomplete set was saved to be read.
      const choice =
        result.set.meta.notObserved === undefined ? flags : { ...flags, out: undefined };
      const apply = nextApply(here ? context : { repeatedFlags: [] }, choice, options.plans);
      const where = [
        ...(here ? [] : [`on ${result.set.host}`]),
        ...(flags.ref === undefined ? [] : [`in a checkout of ${flags.ref}`]),
      ].join(', ');
      const next = where === '' ? apply : `${where}: ${apply}`;
      return planView(result, { ...view, verbose, diff, compact, next });
    },
  };
}

async function planHosts(
  context: CommandContext,
  { plans, vars }: PlanOptions,
  flags: PlanFlags,
): Promise<Answer> {
  const { planAllHosts } = await import('../../operations/plan-from-record.ts');
  const session = await context.unnamedSession();
  const result = await atCommit(session, flags, (at) => planAllHosts(at, { plans, vars }));
  const { isPending } = await import('../views/change-counts.ts');
  const pending = result.hosts.some(({ plan }) => plan !== null && isPending(plan.set));
  const failed = result.hosts.some(({ plan }) => plan === null);
  const settled = flags['detailed-exitcode'] && pending ? EXIT.pending : EXIT.done;
  return {
    result,
    exitCode: failed ? EXIT.failed : settled,
    diagnostics: result.hosts.flatMap(({ plan, problems }) => [
      ...problems,
      ...(plan === null ? [] : [...plan.blockers, ...plan.warnings]),
    ]),
    inText: true,
    text: async (view) => {
      const { hostsPlanView } = await import('../views/hosts-plan-view.ts');
      const { verbose, diff, compact } = flags;
      return hostsPlanView(result, { ...view, verbose, diff, compact, next: null });
    },
  };
}

async function planned(
  session: Session,
  options: PlanOptions,
  { against }: PlanFlags,
): Promise<PlanResult> {
  if (against !== 'recorded') {
    const { planChanges } = await import('../../operations/plan-changes.ts');
    return planChanges(session, options);
  }
  const { planFromRecord } = await import('../../operations/plan-from-record.ts');
  return planFromRecord(session, options);
}

/** With the workspace as it lies here, or as `--ref` has it. */
async function atCommit<S extends UnnamedSession, T>(
  session: S,
  { ref }: PlanFlags,
  plan: (session: S) => Promise<T>,
): Promise<T> {
  if (ref === undefined) return plan(session);
  const { withWorkspaceAt } = await import('../../operations/workspace/workspace-at.ts');
  return withWorkspaceAt(session, ref, plan);
}

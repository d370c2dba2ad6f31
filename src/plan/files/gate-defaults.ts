import type { Millis } from '../../model/brand.ts';
import type { GateDefaults } from '../../model/plan-file.ts';

/** What a gate uses when neither it nor `setpoint.yaml` says otherwise. */
export const GATE_DEFAULTS: GateDefaults = {
  within: 300_000 as Millis,
  every: 2000 as Millis,
  timeout: 10_000 as Millis,
  successes: 3,
};

/** Limit of an `onChange` command that names none. */
export const ACTION_TIMEOUT = 60_000 as Millis;

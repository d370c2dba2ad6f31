import { adoptingCodes } from './adopting.ts';
import { catalogueCodes } from './catalogue.ts';
import { auditingCodes } from './auditing.ts';
import { documentCodes } from './documents.ts';
import { cronjobCodes } from './cronjobs.ts';
import { crontabCodes } from './crontabs.ts';
import { editingCodes } from './editing.ts';
import { hostCodes } from './host.ts';
import { placeCodes } from './places.ts';
import { planFileCodes } from './plan-files.ts';
import { planningCodes } from './planning.ts';
import { podCompanionCodes } from './pod-companions.ts';
import { revertBranchCodes } from './revert-branch.ts';
import { recordedContentCodes } from './recorded-contents.ts';
import { scheduleCodes } from './schedules.ts';
import { runningCodes } from './running.ts';
import { schedulingCodes } from './scheduling.ts';
import { stateRemoteCodes } from './state-remote.ts';
import { stateCodes } from './state.ts';
import { structuredCodes } from './structured.ts';
import { usageCodes } from './usage.ts';
import { windowCodes } from './windows.ts';

/** Every stable diagnostic code. Codes are never reused; the wording may improve. */
export const CODES = {
  ...planFileCodes,
  ...editingCodes,
  ...documentCodes,
  ...structuredCodes,
  ...catalogueCodes,
  ...podCompanionCodes,
  ...scheduleCodes,
  ...crontabCodes,
  ...cronjobCodes,
  ...planningCodes,
  ...adoptingCodes,
  ...runningCodes,
  ...schedulingCodes,
  ...auditingCodes,
  ...revertBranchCodes,
  ...windowCodes,
  ...stateCodes,
  ...stateRemoteCodes,
  ...recordedContentCodes,
  ...hostCodes,
  ...placeCodes,
  ...usageCodes,
} as const;

export type Code = keyof typeof CODES;

import type { PlanName, WorkspaceName } from './brand.ts';

/** Stands where what a plan does has its plan and workspace, for what a program does. No plan and no workspace can have this name. */
export const LIBRARY = '(library)';

export const LIBRARY_PLAN = LIBRARY as PlanName;
export const LIBRARY_WORKSPACE = LIBRARY as WorkspaceName;

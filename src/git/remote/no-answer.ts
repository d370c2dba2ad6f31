import { SetpointError } from '../../diagnostics/setpoint-error.ts';

/** SP5080 because the remote cannot be asked at all, or did not answer in time: nothing that one branch is to blame for. */
export class NoAnswer extends SetpointError {}

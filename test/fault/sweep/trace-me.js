// Put at the beginning of the traced guardian (build-process.ts). strace cannot start it: it would inherit the run lock, and the
// guardian waits until nobody else has that. Node gives descriptors that it inherited to no child that is not named them.
if (process.env.SETPOINT_SWEEP_STRACE !== undefined) {
  const { readdirSync, readFileSync } = require('node:fs');
  const { spawn } = require('node:child_process');
  const options = JSON.parse(process.env.SETPOINT_SWEEP_STRACE);
  const argv = [...options, '-p', String(process.pid)];
  spawn('strace', argv, { stdio: 'ignore', detached: true }).unref();
  const untraced = (task) =>
    /^TracerPid:\t0$/m.test(readFileSync(`/proc/self/task/${task}/status`, 'utf8'));
  // Polls: nobody tells a process that it is traced.
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const late = Date.now() + 20_000;
  while (readdirSync('/proc/self/task').some(untraced)) {
    if (Date.now() > late) throw new Error('strace does not come');
    Atomics.wait(sleeper, 0, 0, 1);
  }
}

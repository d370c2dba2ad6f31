import type { CheckSpec } from '../model/check.ts';
import { CisAudit } from './cis.ts';
import { CommandRun } from './command.ts';
import type { Check, CheckContext, Pace } from './context.ts';
import { EtcdQuorum } from './etcd/etcd-quorum.ts';
import { HttpRequest } from './http.ts';
import { RestartProof } from './process.ts';
import { TcpConnect } from './tcp.ts';

/** The check of one gate round or audit. Checks share no state; make a new one for every round. */
export function createCheck(spec: CheckSpec, context: CheckContext, pace: Pace): Check {
  switch (spec.kind) {
    case 'http':
      return new HttpRequest(spec, context);
    case 'tcp':
      return new TcpConnect(spec);
    case 'command':
      return new CommandRun(spec, context, pace);
    case 'etcd-quorum':
      return new EtcdQuorum(spec, context);
    case 'cis':
      return new CisAudit(spec, context);
    case 'process':
      break;
  }
  return new RestartProof(spec, context, pace);
}

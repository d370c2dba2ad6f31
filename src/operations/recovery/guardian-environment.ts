/**
 * What a guardian needs of the environment: where programs, the home directory and state are, and how TLS is trusted, so that
 * its gates see what the applier's saw. Nothing else: job runners find what a job left running by variables (RUNNER_TRACKING_ID,
 * BUILD_ID and JENKINS_NODE_COOKIE, VSTS_PROCESS_LOOKUP_ID, CI_…) and kill it, and NODE_OPTIONS may load files of the checkout.
 */
const KEPT = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'TZ',
  'XDG_STATE_HOME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  // Commits of the recorded state may be signed by an agent.
  'SSH_AUTH_SOCK',
];

/** The environment of a guardian. */
export function guardianEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const name of KEPT) {
    const value = env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

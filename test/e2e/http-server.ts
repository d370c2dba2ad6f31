import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { freePort } from '../scenario/rig/free-port.ts';
import { isInstalled, servedRepository } from './git-server.ts';
import type { GitServer } from './git-server.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface HttpServer extends GitServer {
  readonly port: number;
  /** Addresses that were asked for, as the request line has them. */
  readonly asked: readonly string[];
}

export function httpBackendIsInstalled(): boolean {
  const programs = execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim();
  return isInstalled(existsSync(join(programs, 'git-http-backend')), 'git http-backend', 'git');
}

/** Git's own CGI program behind a small http server on loopback; with `login`, only for who knows it (Basic). */
export async function startHttpServer(login: Login | null): Promise<HttpServer> {
  const { dir, git } = await servedRepository();
  const port = await freePort();
  const asked: string[] = [];
  const wanted = login === null ? null : basic(login);
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (wanted !== null && request.headers.authorization !== wanted) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="state"' }).end();
      return;
    }
    serve(request, response, { dir, user: login?.user ?? '' });
  });
  const up = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const down = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  await up();
  const urlOf = (name: string): string => `http://127.0.0.1:${port}/${name}`;
  return {
    dir,
    urlOf,
    url: urlOf('state.git'),
    port,
    asked,
    git,
    async admit(rig) {
      if (login === null) return;
      const answer = `echo username=${login.user}; echo password=${login.password}`;
      const settings = `[credential]\n\thelper = "!f() { ${answer}; }; f"\n`;
      await writeFile(join(rig.dir, '.gitconfig'), settings);
    },
    down,
    up,
    async close() {
      await down();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function basic({ user, password }: Login): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** One request by `git http-backend` (RFC 3875). */
function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { dir, user }: { readonly dir: string; readonly user: string },
): void {
  // A proxy is asked for whole addresses.
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { headers } = request;
  const child = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: dir,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REMOTE_USER: user,
      CONTENT_TYPE: headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      HTTP_GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      ...(headers['content-length'] === undefined
        ? {}
        : { CONTENT_LENGTH: headers['content-length'] }),
    },
  });
  request.pipe(child.stdin.on('error', () => {}));
  const answer: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => answer.push(chunk));
  child.on('close', () => answered(response, Buffer.concat(answer)));
}

function answered(response: ServerResponse, answer: Buffer): void {
  const end = answer.indexOf('\r\n\r\n');
  for (const line of answer.toString('latin1', 0, end).split('\r\n')) {
    const [name = '', value = ''] = line.split(/: (.*)/s);
    if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.end(answer.subarray(end + 4));
}

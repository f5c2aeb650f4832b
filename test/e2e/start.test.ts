import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type BuiltApp, buildApp } from '../support/build-app.ts';

// The app stands in a folder of its own, so that neither a developer's local.settings.json nor their build is touched.
let app: BuiltApp;
beforeAll(() => {
  app = buildApp();
}, 60_000);
afterAll(() => app?.remove());

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  /** Exit code, once it has ended. */
  readonly ended: Promise<unknown>;
  /** Resolves when the text was printed; rejects when the program ends before. */
  readonly printed: (text: string) => Promise<void>;
}

/** Runs the real entry in a process group of its own, so that what it leaves behind can be found. */
function startMain(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Started {
  const main = join(import.meta.dirname, '../../src/local/main.ts');
  const child = spawn(process.execPath, [main, app.root, ...args], {
    detached: true,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    if (groupLives(child)) process.kill(-Number(child.pid), 'SIGKILL');
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = once(child, 'close').then(([code]) => code);
  return {
    child,
    output: () => output,
    errors: () => errors,
    ended,
    printed: (text) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => output.includes(text) && resolve();
      child.stdout?.on('data', look);
      void ended.then((code) =>
        reject(new Error(`ended with ${code} before "${text}":\n${output}${errors}`)),
      );
      look();
      return promise;
    },
  };
}

function groupLives(child: ChildProcess): boolean {
  try {
    return process.kill(-Number(child.pid), 0);
  } catch {
    return false;
  }
}

function copySampleSettings(): void {
  const copy = join(app.root, 'local.settings.json');
  copyFileSync(join(import.meta.dirname, '../../local.settings.sample.json'), copy);
  onTestFinished(() => rmSync(copy));
}

describe('npm start', () => {
  it('prints the pushes of the samples, serves, and ends with everything it started on Ctrl-C; twice', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // The second start has the sample of local settings in place, as a newcomer would copy it, and a strict hub.
      if (signal === 'SIGTERM') copySampleSettings();
      const args = signal === 'SIGTERM' ? ['--strict'] : [];
      const started = startMain({ PORT: '0', INSPECTOR_PORT: '0' }, ...args);
      await started.printed('Ready. Press Ctrl-C to stop.');
      const output = started.output();

      const kinds = [...output.matchAll(/ push {3}(\S+) {2}(\S+) {2}(\S+) {2}(\S+) {2}to /g)].map((match) =>
        match.slice(1).join(' '),
      );
      expect(kinds).toContain('relay-voip apns voip/10 incoming-call');
      expect(kinds).toContain('relay fcmv1 data/high incoming-call');
      expect(kinds).toContain('relay apns background/5 call-answered');
      expect(kinds).toContain('relay apns alert/10 missed-call');
      expect(kinds).toContain('relay apns alert/10 chat-message');
      expect(kinds).toContain('relay fcmv1 notification/high chat-message-edited');
      expect(kinds).toContain('relay apns background/5 chat-message-deleted');
      expect(output).not.toContain('hub refused');
      expect(output).not.toMatch(/^ +(error|warning) /m);
      expect(output).toMatch(
        signal === 'SIGTERM' ? /^Hub emulator .*\d {2}\(strict\)$/m : /^Hub emulator .*\d$/m,
      );

      const [, page = ''] = /Inspector {7}(http:\/\/localhost:\d+\/)\n/.exec(output) ?? [];
      expect(await (await fetch(page)).text()).toContain('<title>Inspector');

      expect(output).toMatch(/^Storage {9}RELAY_STORAGE='\S+TableEndpoint=http:\/\/127\.0\.0\.1:\d+\S+'$/m);

      const [, url] = /Functions host {2}(http:\/\/127\.0\.0\.1:\d+) {2}\(/.exec(output) ?? [];
      expect((await fetch(`${url}/api/health`)).status).toBe(200);

      started.child.kill(signal);
      expect(await started.ended).toBe(0);
      expect(started.errors()).toBe('');
      expect(groupLives(started.child)).toBe(false);
    }
  }, 60_000);

  it('uses a real hub where one is configured, and sends no samples to it', async () => {
    const started = startMain({
      PORT: '0',
      INSPECTOR_PORT: '0',
      NOTIFICATION_HUB_CONNECTION_STRING:
        'Endpoint=sb://contoso.invalid/;SharedAccessKeyName=Sender;SharedAccessKey=none',
      NOTIFICATION_HUB_NAME: 'mine',
    });
    await started.printed('Ready. Press Ctrl-C to stop.');
    expect(started.output()).toContain('Hub             the one in your settings; no samples sent');
    expect(started.output()).not.toContain(' push ');
    started.child.kill('SIGINT');
    expect(await started.ended).toBe(0);
  }, 60_000);

  it.each([
    ['PORT', 'the Functions host', 'INSPECTOR_PORT'],
    ['INSPECTOR_PORT', 'the hub emulator', 'PORT'],
  ])(
    'says in one sentence that %s is taken, and ends with 1',
    async (setting, what, other) => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const address = server.address();
      const port = typeof address === 'object' ? String(address?.port) : '';

      const started = startMain({ [setting]: port, [other]: '0' });
      expect(await started.ended).toBe(1);
      expect(started.errors()).toBe(
        `Port ${port} is in use, so ${what} cannot start. Stop the program that uses it, or set ${setting} to another port.\n`,
      );
      expect(started.output()).toBe('');
      expect(groupLives(started.child)).toBe(false);
    },
    60_000,
  );

  it('refuses a port that is none', async () => {
    const started = startMain({ PORT: 'seven', INSPECTOR_PORT: '0' });
    expect(await started.ended).toBe(1);
    expect(started.errors()).toBe(
      'PORT must be a port number from 0 to 65535 (0 picks any free port), but it is "seven".\n',
    );
  });

  it('refuses an argument that it does not know', async () => {
    const started = startMain({ PORT: '0', INSPECTOR_PORT: '0' }, '--stict');
    expect(await started.ended).toBe(1);
    expect(started.errors()).toBe(
      'Unexpected argument "--stict". npm start accepts --strict and at most one folder.\n',
    );
  });
});

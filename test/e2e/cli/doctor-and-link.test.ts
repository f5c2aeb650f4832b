import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { clinic } from '../../support/arm/clinic.ts';
import { startTestHub } from '../../support/start-test-hub.ts';

const main = join(import.meta.dirname, '../../../src/cli/main.ts');

function emptyFolder(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'acs-relay-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  return cwd;
}

/** Runs the program itself in a folder with these settings. */
async function run(values: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'local.settings.json'), JSON.stringify({ Values: values }));
  return new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    const env = { PATH: process.env['PATH'] };
    const child = execFile(process.execPath, [main, ...args], { cwd, env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
    child.stdin?.end();
  });
}

describe('acs-relay doctor, the program', () => {
  it('reads local.settings.json, prints JSON, and exits with 0 when it finds no problem', async () => {
    const hub = await startTestHub({ keys: { [clinic.keyName]: clinic.key }, clock: Date.now });
    const { code, out, err } = await run(
      {
        NOTIFICATION_HUB_CONNECTION_STRING: `Endpoint=${hub.url}/;SharedAccessKeyName=${clinic.keyName};SharedAccessKey=${clinic.key}`,
        NOTIFICATION_HUB_NAME: 'relay',
        RELAY_STORAGE: inject('azurite'),
      },
      'doctor',
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ ok: 5, wrong: 0, couldNotCheck: 0 });
    expect([code, err]).toEqual([0, '']);
  });

  it('exits with 1 when it finds a problem', async () => {
    const { code, out } = await run({}, 'doctor');
    expect(code).toBe(1);
    expect(out).toContain('WRONG            settings (NOTIFICATION_HUB_CONNECTION_STRING): Found: nothing.');
  });

  it.each([
    [['doctor', '--platforms', 'ios'], 'Give apns, fcmv1, or apns,fcmv1.'],
    [['doctor', '--platforms', 'apns,windows'], 'Give apns, fcmv1, or apns,fcmv1.'],
    [['doctor', '--hub', 'clinic-alert'], '--hub must be the resource id of a notification hub'],
    [['doctor', '--acs', 'clinic-acs'], 'The name clinic-acs requires --subscription.'],
    [['doctor', '--subscription', 'Clinic'], 'Pass the id of a subscription, not its name'],
    [['link', '--show', '--acs', 'clinic-acs', '--subscription', 'Clinic'], 'Pass the id of a subscription'],
    [
      ['doctor', '--acs', clinic.acs, '--arm-endpoint', 'http://127.0.0.1'],
      '--arm-endpoint must be an https:// address',
    ],
    [['link', '--acs', 'clinic-acs'], '--hub must be the resource id of a notification hub'],
    [['link', '--show'], "required option '--acs <id>' not specified"],
  ])('exits with 2 for %j', async (args, message) => {
    const printed = { text: '' };
    const print = (text: string) => {
      printed.text += text;
    };
    expect(await runCli(args, { out: print, err: print, cwd: emptyFolder() })).toBe(2);
    expect(printed.text).toContain(message);
  });
});

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';

const root = join(import.meta.dirname, '../../..');
const recordings = join(root, 'test/replay/recordings');

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'acs-relay-'));
  await mkdir(join(cwd, 'in'));
  for (const name of ['incoming-call.eventgrid.json', 'typing.json', 'broken.txt']) {
    await writeFile(join(cwd, 'in', name), await readFile(join(recordings, sources[name] ?? name)));
  }
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const sources: Readonly<Record<string, string>> = {
  'typing.json': 'chat-typing-indicator-received-in-thread.eventgrid.json',
  'broken.txt': 'odd/poison-not-json.txt',
};

async function relay(...args: readonly string[]) {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    cwd,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

const table = `recording                     event                                kind           end      reason          pushes
broken.txt                    -                                    -              poison   EVENT_NOT_JSON  -
incoming-call.eventgrid.json  IncomingCall                         incoming-call  pushed   -               sample-iphone/voip:accepted sample-android/alert:accepted
typing.json                   ChatTypingIndicatorReceivedInThread  -              ignored  thread-level    -

3 recordings, 3 events: pushed 1 (2 pushes), ignored 1, poison 1.
`;

describe('acs-relay replay', () => {
  it('prints the result of each event', async () => {
    expect(await relay('replay', 'in')).toEqual({ code: 0, out: table, err: '' });
  });

  it('prints JSON lines with every request', async () => {
    const { code, out, err } = await relay('replay', 'in', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines: unknown[] = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatchObject({
      recording: 'incoming-call.eventgrid.json',
      type: 'Microsoft.Communication.IncomingCall',
      end: 'pushed',
      pushes: [
        { hub: 'voip', request: { headers: { 'apns-push-type': 'voip' }, body: { aps: {} } } },
        { hub: 'alert', request: { body: { message: { android: { priority: 'high', ttl: '30s' } } } } },
      ],
    });
    expect(out).not.toContain('authorization');
    expect(out).not.toContain('SharedAccess');
  });

  it('exits with 2 when a golden file is missing, and writes it with --update', async () => {
    const missing = await relay('replay', 'in', '--expect', 'gold');
    expect(missing).toEqual({
      code: 2,
      out: table,
      err: 'acs-relay: No golden file for broken.txt and 2 more in gold. Run again with --update to write it.\n',
    });
    const update = await relay('replay', 'in', '--expect', 'gold', '--update');
    expect(update).toEqual({ code: 0, out: `${table}Wrote the golden files.\n`, err: '' });
    expect((await readdir(join(cwd, 'gold'))).sort()).toEqual([
      'broken.txt.golden.json',
      'incoming-call.eventgrid.golden.json',
      'typing.golden.json',
    ]);
    const same = await relay('replay', 'in', '--expect', 'gold');
    expect(same).toEqual({ code: 0, out: `${table}All recordings match the golden files.\n`, err: '' });
  });

  it('exits with 1 and prints a unified diff when a result changed', async () => {
    await relay('replay', 'in', '--expect', 'gold', '--update');
    const { code, out, err } = await relay('replay', 'in', '--expect', 'gold', '--late', '31');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(
      '--- golden/incoming-call.eventgrid.golden.json\n+++ now/incoming-call.eventgrid.golden.json\n',
    );
    expect(out).toContain(
      '-          "kind": "incoming-call",\n-          "hub": "voip",\n+          "kind": "missed-call",\n+          "hub": "alert",\n',
    );
    expect(out).toMatch(/\n1 of 3 recordings differ from the golden files\.\n$/);
  });

  it('prints nothing but JSON lines to standard output when a result changed', async () => {
    await relay('replay', 'in', '--expect', 'gold', '--update');
    const { code, out, err } = await relay('replay', 'in', '--expect', 'gold', '--late', '31', '--json');
    expect(code).toBe(1);
    for (const line of out.trimEnd().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
    expect(err).toContain('1 of 3 recordings differ from the golden files.');
  });

  it('writes a JUnit report, even when golden files are missing or differ', async () => {
    await relay(
      'replay',
      'in/typing.json',
      'in/incoming-call.eventgrid.json',
      '--expect',
      'gold',
      '--update',
    );
    const { code } = await relay(
      'replay',
      'in',
      '--expect',
      'gold',
      '--late',
      '31',
      '--junit',
      'out/replay.xml',
    );
    expect(code).toBe(2);
    const xml = await readFile(join(cwd, 'out/replay.xml'), 'utf8');
    expect(XMLValidator.validate(xml)).toBe(true);
    const suite = new XMLParser({ ignoreAttributes: false }).parse(xml).testsuites.testsuite;
    expect([suite['@_tests'], suite['@_failures']]).toEqual(['3', '2']);
    expect(suite.testcase[0].failure['@_message']).toBe('No golden file.');
    expect(suite.testcase[1].failure['@_message']).toBe('Differs from the golden file.');
    expect(suite.testcase[1].failure['#text']).toContain('+          "kind": "missed-call",');
    expect(suite.testcase[2]).toEqual({ '@_classname': 'replay', '@_name': 'typing.json' });
  });

  it('replays with devices and settings of your own', async () => {
    await writeFile(
      join(cwd, 'devices.json'),
      '[{"deviceId":"old-phone","platform":"apns","handle":"aa","locale":"fr"}]',
    );
    const { out } = await relay(
      'replay',
      'in/incoming-call.eventgrid.json',
      '--devices',
      'devices.json',
      '--json',
      '--setting',
      'RING_SECONDS=45',
    );
    expect(JSON.parse(out)).toMatchObject({
      pushes: [
        {
          deviceId: 'old-phone',
          hub: 'alert',
          request: {
            headers: { 'apns-expiration': '1795165245', 'servicebusnotification-devicehandle': 'aa' },
            body: { aps: { category: 'ACS_INCOMING_CALL' } },
          },
        },
      ],
    });
    await writeFile(join(cwd, 'none.json'), '[]');
    const none = await relay('replay', 'in/incoming-call.eventgrid.json', '--devices', 'none.json');
    expect(none.out).toContain('skipped  no-devices');
  });

  it('shows an expired push that was never sent', async () => {
    await writeFile(
      join(cwd, 'chat.json'),
      await readFile(join(recordings, 'chat-message-received.eventgrid.json')),
    );
    const { code, out } = await relay('replay', 'chat.json', '--late', '86401', '--json');
    expect(code).toBe(0);
    const event = JSON.parse(out);
    expect(event.pushes).toEqual([
      { deviceId: 'sample-iphone', kind: 'chat-message', hub: 'alert', outcome: 'expired' },
      { deviceId: 'sample-android', kind: 'chat-message', hub: 'alert', outcome: 'expired' },
    ]);
  });
});

describe('acs-relay replay with unusable input', () => {
  it.each([
    ['a missing path', ['replay', 'nowhere'], 'acs-relay: No such file or folder: nowhere\n'],
    [
      'no recordings',
      ['replay', 'empty'],
      'acs-relay: No recordings in empty. Recordings are .json and .txt files.\n',
    ],
    [
      '--update alone',
      ['replay', 'in', '--update'],
      'acs-relay: --update requires --expect <folder>, the folder of the golden files.\n',
    ],
    [
      'an unreadable devices file',
      ['replay', 'in', '--devices', 'nowhere.json'],
      'acs-relay: Cannot read the devices file nowhere.json.\n',
    ],
    [
      'a report that cannot be written',
      ['replay', 'in', '--junit', 'in/broken.txt/x.xml'],
      'acs-relay: Cannot write the JUnit report in/broken.txt/x.xml.\n',
    ],
    [
      'seconds that are no number',
      ['replay', 'in', '--late', 'soon'],
      "error: option '--late <seconds>' argument 'soon' is invalid. Give seconds as a number, such as 45.\n",
    ],
    [
      'an unknown setting',
      ['replay', 'in', '--setting', 'HUB_TRANSPORT=undici'],
      "error: option '--setting <name=value>' argument 'HUB_TRANSPORT=undici' is invalid. Give one of CHAT_CONTENT, CHAT_TTL_SECONDS, DEFAULT_LOCALE, RING_SECONDS, as NAME=value.\n",
    ],
    ['an unknown option', ['replay', 'in', '--sooner'], "error: unknown option '--sooner'\n"],
    ['no path', ['replay'], "error: missing required argument 'paths'\n"],
    ['an unknown command', ['reply'], "error: unknown command 'reply'\n(Did you mean replay?)\n"],
  ])('%s', async (_what, args, err) => {
    await mkdir(join(cwd, 'empty'));
    const ended = await relay(...args);
    expect(ended.err).toBe(err);
    expect(ended.code).toBe(2);
  });

  it('exits with 2 for a setting that the relay would reject', async () => {
    const { code, out, err } = await relay('replay', 'in', '--setting', 'CHAT_CONTENT=some');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('CHAT_CONTENT');
  });
});

describe('the acs-relay program, replaying', () => {
  const program = (args: readonly string[], folder: string) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        [join(root, 'src/cli/main.ts'), ...args],
        { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: { TZ: 'Asia/Tokyo', LANG: 'C' } },
        (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  it('prints the same bytes on every run, in any folder and time zone', async () => {
    const [one, other] = await Promise.all([
      program(['replay', recordings, '--json'], cwd),
      program(['replay', 'recordings', '--json'], join(root, 'test/replay')),
    ]);
    expect(one.code).toBe(0);
    expect(one.stdout.length).toBeGreaterThan(100_000);
    expect(one.stdout === other.stdout).toBe(true);
    expect(one.stdout.includes(root)).toBe(false);
  });

  it('lists its commands with --help', async () => {
    const { code, stdout } = await program(['--help'], cwd);
    expect(code).toBe(0);
    expect(stdout).toContain('replay [options] <paths...>');
  });

  it('passes its exit code to the shell', async () => {
    expect(await program(['replay', 'nowhere'], cwd)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'acs-relay: No such file or folder: nowhere\n',
    });
  });
});

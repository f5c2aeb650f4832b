import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliWorld, newUser, startCliWorld } from '../../../support/start-cli-world.ts';

let world: CliWorld;
beforeAll(async () => {
  world = await startCliWorld();
}, 60_000);
afterAll(() => world?.stop());

const run = (...args: readonly string[]) => world.runWith({}, 'devices', ...args);

describe('acs-relay devices', () => {
  it('adds, lists and removes devices, and confirms each change', async () => {
    const { userId, iphone, iphoneVoip, android } = newUser();
    const apns = ['--platform', 'apns', '--handle', iphone.toUpperCase(), '--voip-handle', iphoneVoip];
    const add = ['add', userId, 'iphone-1', ...apns, '--locale', 'SV-se'];
    expect(await run(...add)).toEqual({ code: 0, out: 'Registered iphone-1, until <time>.\n', err: '' });
    expect(await run(...add)).toEqual({ code: 0, out: 'Renewed iphone-1, until <time>.\n', err: '' });
    const fcm = ['--platform', 'fcmv1', '--handle', android];
    expect(await run('add', userId, 'pixel-1', ...fcm)).toMatchObject({ code: 0 });
    expect(await run('list', userId)).toEqual({
      code: 0,
      out: `device    platform  handle                 VoIP handle            locale  registered                expires
iphone-1  apns      a1a1… (64 characters)  b2b2… (64 characters)  sv-SE   <time>  <time>
pixel-1   fcmv1     fcm-… (68 characters)  -                      -       <time>  <time>

2 devices.
`,
      err: '',
    });
    expect(await run('remove', userId, 'iphone-1')).toEqual({
      code: 0,
      out: 'Removed. The device receives no more pushes unless the app registers it again.\n',
      err: '',
    });
    expect(await run('remove', userId, 'iphone-1')).toEqual({
      code: 1,
      out: 'This user has no such device. Nothing was removed.\n',
      err: '',
    });
    expect(await run('remove', userId, '--all')).toEqual({
      code: 0,
      out: 'Removed all data of this user. Apps that register again receive pushes again.\n',
      err: '',
    });
    expect(await run('list', userId)).toEqual({
      code: 0,
      out: 'This user has no device that can receive pushes.\n',
      err: '',
    });
  });

  it('warns of a misspelled setting, as does acs-relay send', async () => {
    const { userId, android } = newUser();
    const err = 'acs-relay: Unknown setting RING_SECOND. Did you mean RING_SECONDS?\n';
    const slip = { RING_SECOND: '20' };
    expect(await world.runWith(slip, 'devices', 'list', userId)).toMatchObject({ code: 0, err });
    const handle = ['--handle', android, '--platform', 'fcmv1', '--dry-run'];
    const send = ['send', '--user', userId, '--kind', 'missed-call', ...handle];
    expect(await world.runWith(slip, ...send)).toMatchObject({ code: 0, err });
  });

  it('prints devices as JSON lines with --json', async () => {
    const { userId, android } = newUser();
    const json = async (...args: readonly string[]) => {
      const { out } = await run(...args, '--json');
      return out === ''
        ? []
        : out
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line));
    };
    const device = {
      deviceId: 'pixel-1',
      platform: 'fcmv1',
      handle: 'fcm-… (68 characters)',
      registeredAt: '<time>',
      expiresAt: '<time>',
    };
    const add = ['add', userId, 'pixel-1', '--platform', 'fcmv1', '--handle', android];
    expect(await json('list', userId)).toEqual([]);
    expect(await json(...add)).toEqual([{ done: 'created', ...device }]);
    expect(await json(...add)).toEqual([{ done: 'replaced', ...device }]);
    expect(await json('list', userId)).toEqual([device]);
    expect(await json('remove', userId, 'pixel-1')).toEqual([{ done: 'removed', deviceId: 'pixel-1' }]);
    expect(await json('remove', userId, 'a b')).toEqual([{ done: 'not-found', deviceId: 'a b' }]);
    expect(await json('remove', userId, '--all')).toEqual([{ done: 'erased' }]);
  });

  it('moves a handle to its new user, as the device API does', async () => {
    const [first, second] = [newUser(), newUser()];
    const handle = ['--platform', 'fcmv1', '--handle', first.android];
    await run('add', first.userId, 'pixel', ...handle);
    await run('add', second.userId, 'pixel', ...handle);
    expect((await run('list', first.userId)).out).toBe('This user has no device that can receive pushes.\n');
    expect((await run('list', second.userId)).out).toContain('1 device.\n');
  });

  it.each([
    [['list', 'ada'], 'Invalid user id: it is not a Communication Services rawId such as'],
    [['remove', '8:acs:ada'], 'Give either the id of a device or --all.'],
    [['remove', '8:acs:ada', 'pixel', '--all'], 'Give either the id of a device or --all.'],
    [
      ['add', '8:acs:ada', 'a b', '--platform', 'apns', '--handle', 'x'],
      'Invalid device id: it must have 1 to 128 characters, and only A-Z a-z 0-9 . _ : - are allowed.',
    ],
    [
      ['add', '8:acs:ada', 'pixel', '--platform', 'gcm', '--handle', 'S3CRET', '--locale', 'Swedish!'],
      'The registration is invalid: platform must be "apns" or "fcmv1"; locale must be a BCP 47 tag',
    ],
    [
      ['add', '8:acs:ada', 'pixel', '--platform', 'apns', '--handle', 'S3CRET'],
      'handle must be an even number of hex digits, 64 to 200 (it has 6 characters).\n',
    ],
  ])('rejects %j without repeating the handle', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('S3CRET');
  });

  it('reports unreachable storage', async () => {
    const gone =
      'AccountName=devstoreaccount1;AccountKey=Zm9v;TableEndpoint=http://127.0.0.1:1/devstoreaccount1;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1';
    const { code, out, err } = await world.runWith({ RELAY_STORAGE: gone }, 'devices', 'list', '8:acs:ada');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^acs-relay: .*storage/i);
  });
});

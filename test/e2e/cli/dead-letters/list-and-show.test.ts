import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runList } from '../../../../src/cli/dead-letters/list.ts';
import { eventGridEvent } from '../../../support/events.ts';
import { chatMessage, givenUp, incomingCall, startWorld, type World } from './support/start-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 90_000);
afterAll(() => world?.stop());
beforeEach(() => world.clear());

const nineMs = Date.UTC(2026, 10, 22, 9);

/** A poison text, and a chat message that was rejected for one of two phones. */
async function putTwo() {
  await world.putDeadLetter({
    reason: 'poison',
    code: 'EVENT_NOT_JSON',
    message: 'The body (8 characters) is not valid JSON.',
    functionName: 'events',
    attempt: 1,
    atMs: nineMs,
    received: { kind: 'text', text: 'Anna +46700000002' },
  });
  const event = { ...chatMessage('8:acs:clinic_ada', nineMs), id: 'e-1' };
  return world.putDeadLetter({
    reason: 'rejected',
    message: 'The chat-message push for fcmv1 was rejected with status 400: bad',
    functionName: 'relayChat',
    attempt: 2,
    atMs: nineMs + 5_000,
    identity: { source: event.topic, id: event.id, type: event.eventType },
    eventTimeMs: nineMs,
    received: { kind: 'json', value: event },
    outcomes: new Map([
      ['k1', 'accepted'],
      ['k2', 'rejected'],
    ]),
  });
}

describe('acs-relay dead-letters list', () => {
  it('prints a table without the content of the dead letters', async () => {
    await putTwo();
    expect(await world.run('list')).toEqual({
      code: 0,
      out: `name                                                       reason    code            event                dead-lettered         attempt  redriven
2026/11/22/poison/47bf34442a56d7af621d06e03fa5a661.json    poison    EVENT_NOT_JSON  -                    2026-11-22T09:00:00Z  1        no
2026/11/22/rejected/657fb102e0f311ae2e52d1ebefae7609.json  rejected  -               ChatMessageReceived  2026-11-22T09:00:05Z  2        no

2 dead letters.
`,
      err: '',
    });
  });

  it('prints when a dead letter was redriven', async () => {
    await world.deadLetters.markRedriven(await putTwo(), nineMs + 3_600_000);
    const { out } = await world.run('list', '--reason', 'rejected');
    expect(out).toContain('2026-11-22T09:00:05Z  2        2026-11-22T10:00:00Z\n\n1 dead letter.\n');
  });

  it("lists Event Grid's dead letters in both schemas, and unreadable blobs", async () => {
    const events = [
      givenUp(chatMessage('8:acs:clinic_ada', nineMs)),
      givenUp(incomingCall('8:acs:a', nineMs)),
    ];
    await world.putBlob('event-grid', 'T/S/2026/11/22/9/a.json', JSON.stringify(events));
    await world.putBlob('event-grid', 'T/S/2026/11/22/9/b.json', 'no JSON');
    await world.putBlob('event-grid', 'T/S/2026/11/23/9/c.json', '[]');
    expect(await world.run('list', '--container', 'event-grid')).toEqual({
      code: 1,
      out: `name                              reason                       code      event                dead-lettered         attempt  redriven
T/S/2026/11/22/9/a.json (1 of 2)  MaxDeliveryAttemptsExceeded  NotFound  ChatMessageReceived  2026-11-22T09:30:00Z  30       -
T/S/2026/11/22/9/a.json (2 of 2)  TimeToLiveExceeded           TimedOut  IncomingCall         -                     12       -
T/S/2026/11/22/9/b.json           unreadable                   -         -                    -                     -        -
T/S/2026/11/23/9/c.json           empty                        -         -                    -                     -        -

3 dead letters.
`,
      err: '',
    });
    const some = ['list', '--container', 'event-grid', '--prefix', 'T/S/2026/11/22/9/a', '--json'];
    const { code, out } = await world.run(...some, '--reason', 'timetoliveexceeded');
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        name: 'T/S/2026/11/22/9/a.json',
        part: '1 of 2',
        origin: 'event-grid',
        reason: 'MaxDeliveryAttemptsExceeded',
        code: 'NotFound',
        type: 'ChatMessageReceived',
        happenedAt: '2026-11-22T09:00:00Z',
        putAsideAt: '2026-11-22T09:30:00Z',
        attempt: 30,
      },
      {
        name: 'T/S/2026/11/22/9/a.json',
        part: '2 of 2',
        origin: 'event-grid',
        reason: 'TimeToLiveExceeded',
        code: 'TimedOut',
        type: 'IncomingCall',
        happenedAt: '2026-11-22T09:00:00Z',
        putAsideAt: '-',
        attempt: 12,
      },
    ]);
  });

  it('stops at the limit and reports that there are more', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `${String(index).padStart(2, '0')}.json`);
    const text = JSON.stringify(givenUp(chatMessage('8:acs:clinic_ada', nineMs)));
    for (const name of names) await world.putBlob('event-grid', name, text);
    const args = ['list', '--container', 'event-grid', '--limit'];
    const more =
      'Listed the first 11 dead letters; there are more. Raise --limit, or narrow the list with --prefix or --reason.\n';
    const table = await world.run(...args, '11');
    expect(table.code).toBe(0);
    expect(table.out.match(/^\d\d\.json/gm)).toEqual(names.slice(0, 11));
    expect(table.out.endsWith(`\n\n${more}`)).toBe(true);
    const lines = await world.run(...args, '11', '--json');
    expect([lines.out.split('\n').length, lines.err]).toEqual([12, more]);
    expect((await world.run(...args, '12')).out).toMatch(/\n\n12 dead letters\.\n$/);
    expect(await world.run(...args, '0')).toMatchObject({ code: 2 });
  });

  it('reports when nothing matches', async () => {
    expect(await world.run('list', '--reason', 'poison')).toEqual({
      code: 0,
      out: 'No matching dead letters in container dead-letters.\n',
      err: '',
    });
    expect(await world.run('list', '--json')).toEqual({ code: 0, out: '', err: '' });
  });

  it('reads settings from nowhere else, and reports every missing one', async () => {
    const io = { ...world.io({}), cwd: tmpdir() };
    await expect(runList({ container: 'dead-letters', limit: 100 }, io)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      problems: [
        expect.stringContaining('NOTIFICATION_HUB_CONNECTION_STRING'),
        expect.stringContaining('RELAY_STORAGE'),
      ],
    });
  });
});

describe('acs-relay dead-letters show', () => {
  it('masks the content', async () => {
    expect(await world.run('show', await putTwo())).toEqual({
      code: 0,
      out: `name              2026/11/22/rejected/657fb102e0f311ae2e52d1ebefae7609.json
dead-lettered by  the relay (relayChat)
pushes            accepted 1, rejected 1

reason         rejected
code           -
message        The chat-message push for fcmv1 was rejected with status 400: bad
attempt        2
type           Microsoft.Communication.ChatMessageReceived
happened       2026-11-22T09:00:00Z
dead-lettered  2026-11-22T09:00:05Z
redriven       no
{
  "id": "e-1",
  "topic": "/subscriptions/S/resourceGroups/G/providers/Microsoft.Communication/communicationServices/Clinic",
  "subject": "(masked)",
  "eventType": "Microsoft.Communication.ChatMessageReceived",
  "eventTime": "2026-11-22T09:00:00.000Z",
  "dataVersion": "1.0",
  "metadataVersion": "1",
  "data": {
    "messageBody": "(masked)",
    "messageId": "1795169702418",
    "senderCommunicationIdentifier": {
      "rawId": "(masked)",
      "communicationUser": "(masked)"
    },
    "senderDisplayName": "(masked)",
    "recipientCommunicationIdentifier": {
      "rawId": "(masked)",
      "communicationUser": "(masked)"
    },
    "threadId": "19:clinic@thread.v2",
    "composeTime": "2026-11-22T09:00:00.000Z",
    "type": "Text",
    "version": 1
  }
}

Texts, names, users and phone numbers are masked. Use --content to show them.
`,
      err: '',
    });
  });

  it('shows the content with --content, but never the secrets of a call', async () => {
    await world.putBlob('event-grid', 'a.json', JSON.stringify([givenUp(incomingCall('8:acs:ada', nineMs))]));
    const args = ['show', 'a.json', '--container', 'event-grid'];
    const masked = await world.run(...args);
    expect(masked.out).toContain('"rawId": "(masked)"');
    for (const content of ['8:acs:ada', 'Ben Okafor', '46700000001', 'S3CRET']) {
      expect(masked.out).not.toContain(content);
    }
    const shown = await world.run(...args, '--content');
    for (const content of ['8:acs:ada', 'Ben Okafor', '4:+46700000001']) {
      expect(shown.out).toContain(content);
    }
    expect(shown.out).toContain('\nlast outcome   TimedOut\n');
    expect(shown.out).not.toContain('S3CRET');
    expect(shown.out).not.toContain('--content');
  });

  it('prints JSON, masked or not', async () => {
    await putTwo();
    const [poison = ''] = await world.names();
    const masked = await world.run('show', poison, '--json');
    expect(JSON.parse(masked.out)).toEqual({
      name: poison,
      origin: 'relay',
      functionName: 'events',
      outcomes: {},
      events: [
        {
          reason: 'poison',
          code: 'EVENT_NOT_JSON',
          message: 'The body (8 characters) is not valid JSON.',
          attempt: 1,
          happenedAt: '-',
          putAsideAt: '2026-11-22T09:00:00Z',
          event: { text: '(masked)', length: 17 },
        },
      ],
      content: 'masked',
    });
    const shown = await world.run('show', poison, '--json', '--content');
    expect(JSON.parse(shown.out)).toMatchObject({
      content: 'shown',
      events: [{ event: { text: 'Anna +46700000002', length: 17 } }],
    });
  });

  it('explains why it cannot show a dead letter', async () => {
    await world.putBlob('dead-letters', 'x.json', JSON.stringify(eventGridEvent('CallEnded', {})));
    expect(await world.run('show', 'x.json')).toEqual({
      code: 2,
      out: '',
      err: 'acs-relay: x.json: The blob cannot be read as a dead letter of the relay or of Event Grid: item 0 has no dead-letter reason. Name a blob that one of them wrote, unchanged.\n',
    });
    expect(await world.run('show', 'y\u001b[2J.json')).toEqual({
      code: 2,
      out: '',
      err: 'acs-relay: No dead letter y?[2J.json in container dead-letters. To see the names, run "acs-relay dead-letters list".\n',
    });
    expect(await world.run('show', '')).toMatchObject({ code: 2 });
  });
});

describe('content in every field of an event', () => {
  const plant = (field: string) => `Planted ${field}`;
  const call = incomingCall(plant('rawId'), nineMs);
  const events = [
    { ...call, type: plant('type'), subject: plant('subject') },
    {
      ...call,
      subject: plant('subject'),
      data: { ...call.data, callerDisplayName: plant('name'), customContext: { kind: plant('context') } },
    },
    {
      ...chatMessage(plant('recipient'), nineMs, {
        messageBody: plant('text'),
        senderDisplayName: plant('sender'),
        metadata: { type: plant('metadata'), [plant('key')]: 1 },
        threadId: [plant('thread')],
      }),
      [plant('key')]: 1,
    },
    { eventType: [plant('type')], data: plant('data') },
    { [plant('key')]: plant('value'), data: [plant('data')] },
  ];

  it('appears in no table, no line of a redrive and no masked dead letter', async () => {
    const blob = events.map((event) => ({
      ...givenUp(event),
      deadLetterReason: plant('reason'),
      lastDeliveryOutcome: plant('outcome'),
    }));
    await world.putBlob('event-grid', 'a.json', JSON.stringify(blob));
    for (const args of [['list'], ['list', '--json'], ['redrive', '--all', '--dry-run']]) {
      const { out, err } = await world.run(...args, '--container', 'event-grid');
      expect(out).toContain('a.json');
      expect(`${out}${err}`).not.toContain('Planted');
    }
    // show prints the type of the event and the words of Event Grid.
    const { out } = await world.run('show', 'a.json', '--container', 'event-grid');
    const planted = new Set(out.match(/Planted \w+/g));
    expect([...planted].sort()).toEqual(['Planted outcome', 'Planted reason', 'Planted type']);
  });
});

describe('the acs-relay program, listing dead letters', () => {
  const program = join(import.meta.dirname, '../../../../src/cli/main.ts');
  const start = (cwd: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      const options = { cwd, env: { PATH: process.env['PATH'], ...env } };
      execFile(process.execPath, [program, 'dead-letters', ...args], options, (error, out, err) => {
        resolve({ code: error === null ? 0 : error.code, out, err });
      });
    });

  it('lists and redrives with settings from the environment alone, and exits', async () => {
    const user = await world.addUser();
    await world.putBlob(
      'event-grid',
      'a.json',
      JSON.stringify(givenUp(chatMessage(user.userId, Date.now() - 60_000))),
    );
    const cwd = mkdtempSync(join(tmpdir(), 'acs-relay-'));
    const listed = await start(cwd, world.settings, 'list', '--container', 'event-grid');
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('1 dead letter.\n'), err: '' });
    const sent = await start(cwd, world.settings, 'redrive', 'a.json', '--container', 'event-grid');
    expect(sent).toMatchObject({ code: 0, err: '' });
    expect(world.got(user.iphone)).toEqual(['chat-message']);
    rmSync(cwd, { recursive: true });
  });

  it('prefers the environment to local.settings.json', async () => {
    const ran = await start(world.cwd, { NOTIFICATION_HUB_CONNECTION_STRING: 'nonsense' }, 'list');
    const named = expect.stringContaining('NOTIFICATION_HUB_CONNECTION_STRING');
    expect(ran).toMatchObject({ code: 2, out: '', err: named });
  });
});

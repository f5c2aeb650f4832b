import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runRedrive } from '../../../../src/cli/dead-letters/redrive.ts';
import { startStorageProxy } from '../../../support/start-storage-proxy.ts';
import { chatMessage, givenUp, incomingCall, startWorld, type World } from './support/start-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 90_000);
afterAll(() => world?.stop());
beforeEach(() => world.clear());

/** The name of the only dead letter in the relay's container. */
const onlyDeadLetter = async () => {
  const names = await world.names();
  expect(names).toHaveLength(1);
  return names[0] ?? '';
};

const secondsAgo = (seconds: number) => Date.now() - seconds * 1000;

/** Dead-letters a chat message that the hub rejects for the Android phone; the iPhone gets it. */
async function rejectForAndroid() {
  const user = await world.addUser();
  world.faults.set(user.android, { answer: { status: 400 } });
  await world.deliver(chatMessage(user.userId, secondsAgo(60)));
  world.faults.clear();
  expect([world.got(user.iphone), world.got(user.android)]).toEqual([['chat-message'], []]);
  return { user, name: await onlyDeadLetter() };
}

describe('acs-relay dead-letters redrive', () => {
  it('sends the push to the device that missed it, marks the dead letter, and sends nothing twice', async () => {
    const { user, name } = await rejectForAndroid();
    expect(await world.run('redrive', name)).toEqual({
      code: 0,
      out: `done       ${name}  ChatMessageReceived  chat-message: 1 accepted

1 event: 1 done, 0 not done; the hub accepted 1 push.
`,
      err: '',
    });
    const [letter] = (await world.deadLetters.get(name)) ?? [];
    expect(letter?.redrivenAtMs).toBeGreaterThan(secondsAgo(60));

    const named = await world.run('redrive', name);
    expect({ ...named, out: named.out.replace(/\d{4}-[\dT:-]+Z/, '<time>') }).toEqual({
      code: 0,
      out: `left out   ${name}  -  already redriven at <time>; to redrive it again, add --again

0 events: 0 done, 0 not done; the hub accepted 0 pushes.
1 dead letter already redriven.
`,
      err: '',
    });
    const all = await world.run('redrive', '--all');
    expect(all).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 dead letter already redriven.'),
    });
    // The ledger alone keeps it from going out again.
    expect(await world.run('redrive', name, '--again')).toMatchObject({
      code: 0,
      out: expect.stringContaining('ChatMessageReceived  skipped: delivered-before\n'),
    });
    expect([world.got(user.iphone), world.got(user.android)]).toEqual([['chat-message'], ['chat-message']]);
  });

  it('keeps one dead letter, not marked, when the hub rejects the push again', async () => {
    const { user, name } = await rejectForAndroid();
    world.faults.set(user.android, { answer: { status: 400 } });
    expect(await world.run('redrive', '--all')).toEqual({
      code: 1,
      out: `not done   ${name}  ChatMessageReceived  chat-message: 1 rejected (400)

1 event: 0 done, 1 not done; the hub accepted 0 pushes.
`,
      err: '',
    });
    expect(await onlyDeadLetter()).toBe(name);
    const [letter] = (await world.deadLetters.get(name)) ?? [];
    expect(letter).toMatchObject({ reason: 'rejected', attempt: 2 });
    expect(letter).not.toHaveProperty('redrivenAtMs');
    expect(world.got(user.iphone)).toEqual(['chat-message']);
  });

  it('leaves a poison dead letter unchanged', async () => {
    const user = await world.addUser();
    await world.deliver(chatMessage(user.userId, secondsAgo(60), { threadId: 7 }));
    const name = await onlyDeadLetter();
    const before = await world.everything();
    const { code, out } = await world.run('redrive', name);
    expect(code).toBe(1);
    expect(out).toMatch(/^not done {3}\S+ {2}ChatMessageReceived {2}poison, EVENT_DATA_INVALID: /);
    expect(out).toContain('\n1 event: 0 done, 1 not done; the hub accepted 0 pushes.\n');
    expect(await world.everything()).toEqual(before);
  });

  it('reports that a text is not JSON', async () => {
    await world.putDeadLetter({
      reason: 'poison',
      message: 'no JSON',
      functionName: 'events',
      attempt: 1,
      atMs: 1_795_338_000_000,
      received: { kind: 'text', text: 'not json' },
    });
    const name = await onlyDeadLetter();
    const ran = await world.run('redrive', '--all', '--reason', 'POISON', '--prefix', '2026/11/22');
    expect(ran.code).toBe(1);
    expect(ran.out).toContain(`not done   ${name}  -  cannot be redriven: not JSON\n`);
  });

  it('sends an expired notification only when CHAT_TTL_SECONDS is raised', async () => {
    const user = await world.addUser();
    await world.deliver(chatMessage(user.userId, secondsAgo(90_000)));
    const name = await onlyDeadLetter();
    expect(name).toContain('/retries-ended/');
    const before = await world.everything();
    expect(await world.run('redrive', '--all')).toEqual({
      code: 1,
      out: `not done   ${name}  ChatMessageReceived  chat-message: 2 expired

1 event: 0 done, 1 not done; the hub accepted 0 pushes.
Expired notifications are not sent. To send them anyway, raise CHAT_TTL_SECONDS for this command.
`,
      err: '',
    });
    expect(await world.everything()).toEqual(before);

    const io = world.io({ CHAT_TTL_SECONDS: '172800' });
    expect(await runRedrive([name], { container: 'dead-letters' }, io)).toBe(0);
    expect(io.text('out')).toContain('chat-message: 2 accepted\n');
    expect([world.got(user.iphone), world.got(user.android)]).toEqual([['chat-message'], ['chat-message']]);
  });

  it("redrives Event Grid's dead letters in both schemas, leaves them unchanged, and sends nothing twice", async () => {
    const user = await world.addUser();
    const array = JSON.stringify([
      givenUp(chatMessage(user.userId, secondsAgo(60))),
      givenUp(incomingCall(user.userId, secondsAgo(120))),
      givenUp({ ...chatMessage(user.userId, secondsAgo(60)), eventType: 'Microsoft.Storage.BlobCreated' }),
    ]);
    const one = JSON.stringify(givenUp(incomingCall(user.userId, secondsAgo(120))));
    await world.putBlob('event-grid', 'ACS/RELAY/2026/11/22/9/a.json', array);
    await world.putBlob('event-grid', 'ACS/RELAY/2026/11/22/9/b.json', one);
    await world.putBlob('event-grid', 'ACS/RELAY/2026/11/23/9/c.json', one);

    const args = ['redrive', '--all', '--container', 'event-grid', '--prefix', 'ACS/RELAY/2026/11/22'];
    expect(await world.run(...args)).toEqual({
      code: 0,
      out: `done       ACS/RELAY/2026/11/22/9/a.json (1 of 3)  ChatMessageReceived  chat-message: 2 accepted
done       ACS/RELAY/2026/11/22/9/a.json (2 of 3)  IncomingCall  missed-call: 2 accepted
done       ACS/RELAY/2026/11/22/9/a.json (3 of 3)  Microsoft.Storage.BlobCreated  ignored: foreign
done       ACS/RELAY/2026/11/22/9/b.json  IncomingCall  missed-call: 2 accepted

4 events: 4 done, 0 not done; the hub accepted 6 pushes.
2 Event Grid dead letters left unchanged; the ledger knows what was sent.
`,
      err: '',
    });
    const sent = ['chat-message', 'missed-call', 'missed-call'];
    expect([world.got(user.iphone), world.got(user.android)]).toEqual([sent, sent]);
    expect(await world.getBlob('event-grid', 'ACS/RELAY/2026/11/22/9/a.json')).toBe(array);

    const again = await world.run(...args);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out.match(/skipped: delivered-before/g)).toHaveLength(3);
    // A copy of an event in another blob is the same event.
    await world.run('redrive', 'ACS/RELAY/2026/11/23/9/c.json', '--container', 'event-grid');
    expect([world.got(user.iphone), world.got(user.android)]).toEqual([sent, sent]);
    expect(await world.names()).toEqual([]);
  });

  it('rings for a call that still rings', async () => {
    const user = await world.addUser();
    await world.putBlob(
      'event-grid',
      'a.json',
      JSON.stringify(givenUp(incomingCall(user.userId, Date.now()))),
    );
    const { out } = await world.run('redrive', 'a.json', '--container', 'event-grid');
    expect(out).toContain('done       a.json  IncomingCall  incoming-call: 2 accepted\n');
    expect(world.got(user.iphone)).toEqual(['incoming-call']);
  });

  it('reports unreadable and missing dead letters, and redrives the others', async () => {
    const user = await world.addUser();
    await world.putBlob('event-grid', 'a.json', 'no JSON at all');
    const event = givenUp(chatMessage(user.userId, secondsAgo(60)));
    await world.putBlob('event-grid', 'b.json', JSON.stringify([event]));
    await world.putBlob('event-grid', 'c.json', '[]');
    const names = ['a.json', 'no-such.json', 'b.json', 'c.json', 'b.json'];
    expect(await world.run('redrive', ...names, '--container', 'event-grid')).toEqual({
      code: 1,
      out: `not done   a.json  -  The blob cannot be read as a dead letter of the relay or of Event Grid: it is not JSON, or something follows the JSON. Name a blob that one of them wrote, unchanged.
not done   no-such.json  -  not found in container event-grid
done       b.json  ChatMessageReceived  chat-message: 2 accepted
done       c.json  -  contains no events

1 event: 1 done, 0 not done; the hub accepted 2 pushes.
2 dead letters not found or unreadable.
2 Event Grid dead letters left unchanged; the ledger knows what was sent.
`,
      err: '',
    });
    expect(world.got(user.iphone)).toEqual(['chat-message']);
  });

  it('prints with --dry-run what it would do, and sends and writes nothing', async () => {
    const { user, name } = await rejectForAndroid();
    const events = [
      chatMessage(user.userId, secondsAgo(60)),
      incomingCall(user.userId, secondsAgo(120)),
      incomingCall(user.userId, Date.now()),
      chatMessage(user.userId, secondsAgo(90_000)),
      chatMessage('8:acs:nobody_here', secondsAgo(60)),
      chatMessage(user.userId, secondsAgo(60), { threadId: 7 }),
    ];
    await world.putBlob('event-grid', 'a.json', JSON.stringify(events.map(givenUp)));
    const before = await world.everything();

    expect(await world.run('redrive', '--all', '--dry-run')).toEqual({
      code: 0,
      out: `would do   ${name}  ChatMessageReceived  would send chat-message to 1 device

Dry run, nothing was sent or written. 1 event: 1 would be done, 0 would not; 1 push would be sent.
`,
      err: '',
    });
    const ran = await world.run('redrive', '--all', '--dry-run', '--container', 'event-grid');
    expect({ ...ran, out: ran.out.replace(/(EVENT_DATA_INVALID): .*/, '$1') }).toEqual({
      code: 1,
      out: `would do   a.json (1 of 6)  ChatMessageReceived  would send chat-message to 2 devices
would do   a.json (2 of 6)  IncomingCall  would send missed-call to 2 devices
would do   a.json (3 of 6)  IncomingCall  would send incoming-call to 2 devices
would not  a.json (4 of 6)  ChatMessageReceived  too late for chat-message to 2 devices
would do   a.json (5 of 6)  ChatMessageReceived  skipped: no-devices
would not  a.json (6 of 6)  ChatMessageReceived  poison, EVENT_DATA_INVALID

Dry run, nothing was sent or written. 6 events: 4 would be done, 2 would not; 6 pushes would be sent.
1 Event Grid dead letter left unchanged; the ledger knows what was sent.
Expired notifications are not sent. To send them anyway, raise CHAT_TTL_SECONDS for this command.
`,
      err: '',
    });
    expect(await world.everything()).toEqual(before);
  });

  it('takes into account in a dry run what was delivered, and what earlier events of the run would do', async () => {
    const user = await world.addUser();
    const event = chatMessage(user.userId, secondsAgo(60));
    const call = incomingCall(user.userId, Date.now());
    const ended = {
      ...call,
      type: 'Microsoft.Communication.CallEnded',
      data: { serverCallId: 'c2VydmVy', correlationId: call.data.correlationId },
    };
    await world.deliver(event);
    await world.putBlob('event-grid', 'a.json', JSON.stringify([event, call, ended].map(givenUp)));
    const { out } = await world.run('redrive', 'a.json', '--dry-run', '--container', 'event-grid');
    expect(out).toContain('(1 of 3)  ChatMessageReceived  skipped: delivered-before\n');
    expect(out).toContain('(2 of 3)  IncomingCall  would send incoming-call to 2 devices\n');
    expect(out).toContain(
      '(3 of 3)  CallEnded  would send call-ended to 2 devices, would send missed-call to 2 devices\n',
    );
  });

  it('stops after consecutive hub failures, and finishes once the hub works', async () => {
    const user = await world.addUser();
    const events = [1, 2, 3, 4].map((minutes) => givenUp(chatMessage(user.userId, secondsAgo(60 * minutes))));
    await world.putBlob('event-grid', 'a.json', JSON.stringify(events));
    world.faults.set('all', { answer: { status: 401 } });
    const ran = await world.run('redrive', 'a.json', '--container', 'event-grid');
    expect(ran).toEqual({
      code: 1,
      out: `not done   a.json (1 of 4)  ChatMessageReceived  chat-message: 2 misconfigured (401)
not done   a.json (2 of 4)  ChatMessageReceived  chat-message: 2 misconfigured (401)
not done   a.json (3 of 4)  ChatMessageReceived  chat-message: 2 misconfigured (401)

3 events: 0 done, 3 not done; the hub accepted 0 pushes.
`,
      err: 'acs-relay: Stopped after 3 consecutive storage or hub failures. Fix the cause and run the command again; delivered pushes are not repeated.\n',
    });
    world.faults.clear();
    expect(await world.run('redrive', 'a.json', '--container', 'event-grid')).toMatchObject({ code: 0 });
    expect(world.got(user.iphone)).toHaveLength(4);
  });
});

describe('a redrive while storage fails', () => {
  it('stops, reports what was done, and continues from there the next time', async () => {
    const user = await world.addUser();
    for (const name of ['a.json', 'b.json']) {
      const event = givenUp(chatMessage(user.userId, secondsAgo(60)));
      await world.putBlob('event-grid', name, JSON.stringify(event));
    }
    const proxy = await startStorageProxy(world.settings.RELAY_STORAGE, 'Blob');
    onTestFinished(proxy.stop);
    const options = { container: 'event-grid', yes: true };
    const io = world.io({ RELAY_STORAGE: proxy.connectionString });
    const failure = 'Azure Storage failed (container event-grid, get): 500';

    // The first dead letter is read, and read again to be marked; then every request to storage fails.
    proxy.faults.push('pass', 'pass', 500, 500, 500);
    expect(await runRedrive(['a.json', 'b.json'], options, io)).toBe(1);
    expect(io.text('out')).toContain('\n1 event: 1 done, 0 not done; the hub accepted 2 pushes.\n');
    expect(io.text('err')).toContain(`acs-relay: The remaining events were not tried. ${failure}`);
    expect(world.got(user.iphone)).toHaveLength(1);

    proxy.faults.push(500, 500, 500);
    await expect(runRedrive(['a.json', 'b.json'], options, io)).rejects.toThrow(failure);
    expect(await runRedrive(['a.json', 'b.json'], options, io)).toBe(0);
    expect(world.got(user.iphone)).toHaveLength(2);
  });
});

describe('the pushes of a redrive', () => {
  /** Six chat messages for two phones. */
  async function putSix() {
    const user = await world.addUser();
    const events = [1, 2, 3, 4, 5, 6].map((n) => givenUp(chatMessage(user.userId, secondsAgo(60 * n))));
    await world.putBlob('event-grid', 'a.json', JSON.stringify(events));
    return user;
  }
  const options = { container: 'event-grid' };

  it('require --yes without a terminal when there are more than ten', async () => {
    const user = await putSix();
    const before = await world.everything();
    expect(await world.run('redrive', 'a.json', '--container', 'event-grid')).toEqual({
      code: 2,
      out: '',
      err: 'acs-relay: This would send more than 10 pushes. Review them with --dry-run, then add --yes to send them.\n',
    });
    expect(await world.everything()).toEqual(before);
    const ran = await world.run('redrive', 'a.json', '--container', 'event-grid', '--yes');
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('the hub accepted 12 pushes.') });
    expect(world.got(user.android)).toHaveLength(6);
  });

  it('are sent from a terminal after a question when there are more than ten', async () => {
    const user = await putSix();
    const questions: string[] = [];
    const ask = (answer: boolean) => async (question: string) => {
      questions.push(question);
      return answer;
    };
    const no = world.io({});
    expect(await runRedrive(['a.json'], options, { ...no, ask: ask(false) })).toBe(1);
    expect(no.text('out')).toBe('Nothing was sent.\n');
    expect(world.got(user.android)).toEqual([]);
    expect(await runRedrive(['a.json'], options, { ...world.io({}), ask: ask(true) })).toBe(0);
    expect(world.got(user.android)).toHaveLength(6);
    expect(questions).toEqual([
      'This would send more than 10 pushes from 1 dead letter. Send them? (y/N) ',
      'This would send more than 10 pushes from 1 dead letter. Send them? (y/N) ',
    ]);
  });

  it('are sent without a question when there are only ten', async () => {
    const user = await world.addUser();
    const events = [1, 2, 3, 4, 5].map((n) => givenUp(chatMessage(user.userId, secondsAgo(60 * n))));
    await world.putBlob('event-grid', 'a.json', JSON.stringify(events));
    expect(await world.run('redrive', 'a.json', '--container', 'event-grid')).toMatchObject({ code: 0 });
    expect(world.got(user.android)).toHaveLength(5);
  });
});

describe('a redrive that cannot start', () => {
  it.each([
    [
      ['redrive'],
      'Name the dead letters to redrive, or give --all. To see the names, run "acs-relay dead-letters list".',
    ],
    [['redrive', 'a.json', '--all'], 'Give either names of dead letters or --all, not both.'],
    [['redrive', 'a.json', '--reason', 'poison'], '--prefix and --reason require --all, and no names.'],
    [
      ['redrive', ''],
      'The name of a dead letter is empty. To see the names, run "acs-relay dead-letters list".',
    ],
    [
      ['redrive', '--all', '--container', 'Dead_Letters'],
      'Invalid container name Dead_Letters. Use 3 to 63 lower-case letters, digits and single hyphens.',
    ],
  ])('explains why: %j', async (args, message) => {
    expect(await world.run(...args)).toEqual({ code: 2, out: '', err: `acs-relay: ${message}\n` });
  });

  it('does nothing in an empty container', async () => {
    expect(await world.run('redrive', '--all', '--container', 'no-such-container')).toEqual({
      code: 0,
      out: 'No matching dead letters in container no-such-container.\n',
      err: '',
    });
  });
});

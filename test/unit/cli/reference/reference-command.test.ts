import { describe, expect, it } from 'vitest';
import { describeReferences } from '../../../../src/cli/reference/reference-command.ts';
import { runCli } from '../../../../src/cli/run-cli.ts';

const env = {
  NOTIFICATION_HUB_CONNECTION_STRING:
    'Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=hub key;EntityPath=hub',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

describe('acs-relay reference', () => {
  it.each([
    [{ call: 'call-1' }, 'ref   c-Sr4cYHxKCHxnxBpD\n'],
    [{ thread: 't', message: '1' }, 'ref   m-QOATF22goridpBnO\n'],
    [{ thread: 't' }, 'ref   t-0gLMYiX5D5jyKaow\n'],
    [{ user: '8:acs:clinic_ada' }, 'user  u-21YhqG1qG1iTCDZ3\n'],
    [{ call: 'call-1', user: '8:acs:clinic_ada' }, 'ref   c-Sr4cYHxKCHxnxBpD\nuser  u-21YhqG1qG1iTCDZ3\n'],
  ])('of %j', (sought, text) => {
    expect(describeReferences(sought, env)).toBe(text);
  });

  it('is the id of a user where lines name users by their ids', () => {
    expect(describeReferences({ user: '8:acs:clinic_ada' }, { ...env, LOG_USER_IDS: 'true' })).toBe(
      'user  8:acs:clinic_ada\n',
    );
  });

  it.each([
    [{}, 'Say what to look for: --call, --thread, --message or --user.'],
    [{ message: '1' }, 'A message is found by its thread, too: give --thread as well as --message.'],
  ])('is none of %j', (sought, message) => {
    expect(() => describeReferences(sought, env)).toThrow(message);
  });

  it('ends with 2 when nothing is sought, on the error stream', async () => {
    const err: string[] = [];
    const out: string[] = [];
    const io = {
      out: (text: string) => out.push(text),
      err: (text: string) => err.push(text),
      cwd: '/nowhere',
    };
    expect(await runCli(['reference', '--message', '1'], io)).toBe(2);
    expect([out, err]).toEqual([
      [],
      ['acs-relay: A message is found by its thread, too: give --thread as well as --message.\n'],
    ]);
  });
});

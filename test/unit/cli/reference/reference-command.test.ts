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
  ])('prints the references of %j', (ids, text) => {
    expect(describeReferences(ids, env)).toBe(text);
  });

  it('prints the id of a user when LOG_USER_IDS is true', () => {
    expect(describeReferences({ user: '8:acs:clinic_ada' }, { ...env, LOG_USER_IDS: 'true' })).toBe(
      'user  8:acs:clinic_ada\n',
    );
  });

  it.each([
    [{}, 'Give at least one of --call, --thread, --message and --user.'],
    [{ message: '1' }, '--message requires --thread: a message reference is computed from both ids.'],
  ])('throws for %j', (ids, message) => {
    expect(() => describeReferences(ids, env)).toThrow(message);
  });

  it('exits with 2 and prints the problem to the error stream', async () => {
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
      ['acs-relay: --message requires --thread: a message reference is computed from both ids.\n'],
    ]);
  });
});

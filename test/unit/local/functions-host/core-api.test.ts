import { describe, expect, it } from 'vitest';
import { createHookStore } from '../../../../src/local/functions-host/core-api.ts';

describe('createHookStore', () => {
  it('runs hooks in order until one throws, without disposed ones', async () => {
    const hooks = createHookStore();
    const ran: string[] = [];
    hooks.register('appStart', () => ran.push('first'));
    const second = hooks.register('appStart', () => ran.push('second'));
    hooks.register('appTerminate', () => ran.push('other'));
    second.dispose();
    hooks.register('appStart', () => {
      throw new Error('broken hook');
    });
    hooks.register('appStart', () => ran.push('never'));
    await expect(hooks.run('appStart', {})).rejects.toThrow('broken hook');
    expect(ran).toEqual(['first']);
  });

  it('rejects an unknown name', () => {
    expect(() => createHookStore().register('appSleep', () => undefined)).toThrow(
      'Unknown hook "appSleep". Use one of appStart, appTerminate, preInvocation, postInvocation, log.',
    );
  });
});

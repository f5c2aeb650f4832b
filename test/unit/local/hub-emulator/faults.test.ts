import { describe, expect, it } from 'vitest';
import { createFaultSwitch } from '../../../../src/local/hub-emulator/faults.ts';

describe('createFaultSwitch', () => {
  it.each([
    ['throttle', { answer: { status: 429, retryAfter: '1', detail: 'Too many requests.' } }],
    ['unavailable', { answer: { status: 503, detail: 'The service is unavailable.' } }],
    ['timeout', { answer: 'none' }],
    [
      'wrong-key',
      { answer: { status: 401, detail: 'InvalidSignature: the token has an invalid signature.' } },
    ],
    ['lost-answer', { answer: 'reset' }],
  ] as const)('keeps the fault %s until it is switched off', (kind, fault) => {
    const faults = createFaultSwitch();
    expect(faults.take()).toBeUndefined();
    faults.set({ kind, pushes: 'all' });
    expect([faults.take(), faults.take()]).toEqual([fault, fault]);
    expect(faults.current()).toEqual({ kind, pushes: 'all' });
    faults.set(undefined);
    expect(faults.take()).toBeUndefined();
  });

  it('fails the planned number of pushes and reports how many remain', () => {
    const faults = createFaultSwitch();
    const heard: unknown[] = [];
    const leave = faults.subscribe((fault) => heard.push(fault?.pushes));
    faults.set({ kind: 'throttle', pushes: 2, retryAfterSeconds: 7 });
    expect(faults.take()).toMatchObject({ answer: { retryAfter: '7' } });
    expect(faults.current()).toEqual({ kind: 'throttle', pushes: 1, retryAfterSeconds: 7 });
    faults.take();
    expect(faults.take()).toBeUndefined();
    expect(faults.current()).toBeUndefined();
    leave();
    faults.set({ kind: 'timeout', pushes: 1 });
    expect(heard).toEqual([2, 1, undefined]);
  });

  it('is off when it is set for zero pushes', () => {
    const faults = createFaultSwitch();
    faults.set({ kind: 'timeout', pushes: 0 });
    expect(faults.current()).toBeUndefined();
  });
});

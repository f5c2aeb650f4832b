import { describe, expect, it } from 'vitest';
import { type CallFact, foldCallFacts } from '../../../src/deliveries/call-memory.ts';

const facts: readonly CallFact[] = [
  { kind: 'rung', userId: 'ben', atMs: 30, deviceIds: ['phone'] },
  { kind: 'rung', userId: 'ada', atMs: 20, deviceIds: ['tablet', 'phone'] },
  { kind: 'rung', userId: 'ada', atMs: 10, deviceIds: ['watch', 'phone'] },
  { kind: 'joined', userId: 'cy', atMs: 45 },
  { kind: 'joined', userId: 'ben', atMs: 50 },
  { kind: 'joined', userId: 'ben', atMs: 40 },
  { kind: 'ended', atMs: 70 },
  { kind: 'ended', atMs: 60 },
];
const call = {
  rung: [
    { recipientId: 'ada', deviceIds: ['phone', 'tablet', 'watch'], firstAtMs: 10 },
    { recipientId: 'ben', deviceIds: ['phone'], firstAtMs: 30 },
  ],
  joined: [
    { userId: 'ben', firstAtMs: 40 },
    { userId: 'cy', firstAtMs: 45 },
  ],
  endedAtMs: 60,
};

describe('foldCallFacts', () => {
  it('puts together who was rung where, who joined, and when it ended', () => {
    expect(foldCallFacts(facts)).toEqual(call);
  });

  it('does not see the order', () => {
    expect(foldCallFacts([...facts].reverse())).toEqual(call);
  });

  it('keeps the caller of the first ring, also of two in the same moment', () => {
    const ring = { kind: 'rung' as const, userId: 'ada', deviceIds: ['phone'] };
    const rings: readonly CallFact[] = [
      { ...ring, atMs: 20, callerId: 'late', callerName: 'Late' },
      { ...ring, atMs: 10, callerId: 'ben', callerName: 'Ben' },
      { ...ring, atMs: 10, callerId: 'cy' },
    ];
    for (const facts of [rings, [...rings].reverse()]) {
      expect(foldCallFacts(facts).rung).toStrictEqual([
        { recipientId: 'ada', deviceIds: ['phone'], firstAtMs: 10, callerId: 'ben', callerName: 'Ben' },
      ]);
    }
  });

  it('does not see repetitions', () => {
    expect(foldCallFacts([...facts, ...facts])).toEqual(call);
  });

  it('compares times as numbers', () => {
    const late: CallFact = { kind: 'rung', userId: 'ada', atMs: 10, deviceIds: ['tablet'] };
    const early: CallFact = { kind: 'rung', userId: 'ada', atMs: 9, deviceIds: ['phone'] };
    expect(foldCallFacts([late, early]).rung).toMatchObject([{ firstAtMs: 9 }]);
  });

  it('knows nobody in an unknown call, and no end', () => {
    expect(foldCallFacts([])).toStrictEqual({ rung: [], joined: [] });
  });

  it('remembers a ring that reached no device', () => {
    expect(foldCallFacts([{ kind: 'rung', userId: 'ada', atMs: 0, deviceIds: [] }])).toStrictEqual({
      rung: [{ recipientId: 'ada', deviceIds: [], firstAtMs: 0 }],
      joined: [],
    });
  });
});

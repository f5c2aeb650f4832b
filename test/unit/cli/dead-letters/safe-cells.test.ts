import { describe, expect, it } from 'vitest';
import { safeTime, safeType, safeWord } from '../../../../src/cli/dead-letters/masking.ts';

describe('safeWord', () => {
  it.each([
    ['MaxDeliveryAttemptsExceeded', 'MaxDeliveryAttemptsExceeded'],
    ['EVENT_NOT_JSON', 'EVENT_NOT_JSON'],
    ['retries-ended', 'retries-ended'],
    [undefined, '-'],
    ['', '-'],
    ['+46700000001', 'other'],
    ['Anna Svensson', 'other'],
    ['a\u001b[2J', 'other'],
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), 'other'],
  ])('shows %j as %j', (text, shown) => {
    expect(safeWord(text)).toBe(shown);
  });
});

describe('safeType', () => {
  it.each([
    ['Microsoft.Communication.IncomingCall', 'IncomingCall'],
    ['Microsoft.Storage.BlobCreated', 'Microsoft.Storage.BlobCreated'],
    [undefined, '-'],
    ['Anna.Svensson', 'other'],
    ['Microsoft.+46700000001', 'other'],
    ['Microsoft', 'other'],
    ['Microsoft.A.B\n', 'other'],
  ])('shows %j as %j', (type, shown) => {
    expect(safeType(type)).toBe(shown);
  });
});

describe('safeTime', () => {
  it.each([
    [1_795_338_000_123, '2026-11-22T09:00:00Z'],
    [0, '1970-01-01T00:00:00Z'],
    [undefined, '-'],
    [Number.NaN, '-'],
    [9e15, '-'],
  ])('shows %j as %j', (timeMs, shown) => {
    expect(safeTime(timeMs)).toBe(shown);
  });
});

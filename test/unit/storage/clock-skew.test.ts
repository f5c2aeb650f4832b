import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { createClockPolicy } from '../../../src/storage/azure-table-service.ts';

// 2026-11-22T09:00:00Z
const nineMs = 1_795_338_000_000;
const nine = 'Sun, 22 Nov 2026 09:00:00 GMT';
const request = createPipelineRequest({ url: 'https://contoso.table.core.windows.net/devices' });

/** A policy whose answers say that it is nine, whenever they come. */
function open(headers: Readonly<Record<string, string>> = { date: nine }) {
  let nowMs = nineMs;
  const told: number[] = [];
  const policy = createClockPolicy({ clock: () => nowMs, onSkew: (skewMs) => told.push(skewMs) });
  const ask = async (sentAtMs: number, receivedAtMs: number, status = 200) => {
    nowMs = nineMs + sentAtMs;
    const response: PipelineResponse = { request, status, headers: createHttpHeaders(headers) };
    const answer = await policy.sendRequest(request, async () => {
      nowMs = nineMs + receivedAtMs;
      return response;
    });
    expect(answer).toBe(response);
  };
  return { ask, told };
}

describe('createClockPolicy', () => {
  it('reports a clock that is 40 s ahead, which turns every call into a missed call', async () => {
    const { ask, told } = open();
    await ask(41_000, 41_010);
    expect(told).toEqual([40_000]);
  });

  it('reports a clock that is 40 s behind', async () => {
    const { ask, told } = open();
    await ask(-40_010, -40_000);
    expect(told).toEqual([-40_000]);
  });

  it.each([
    ['11,000 ms after the date, which may have been cut by a second', 11_000, 11_010],
    ['10,000 ms before the date', -10_010, -10_000],
    ['a slow answer, whose date can be of any moment of it', -30_000, 30_000],
  ])('says nothing of %s', async (_, sentAtMs, receivedAtMs) => {
    const { ask, told } = open();
    await ask(sentAtMs, receivedAtMs);
    expect(told).toEqual([]);
  });

  it.each([
    ['11,001 ms after the date', 11_001, 11_010, 10_001],
    ['10,001 ms before it', -10_010, -10_001, -10_001],
  ])('reports %s', async (_, sentAtMs, receivedAtMs, skewMs) => {
    const { ask, told } = open();
    await ask(sentAtMs, receivedAtMs);
    expect(told).toEqual([skewMs]);
  });

  it('reports once an hour', async () => {
    const { ask, told } = open();
    await ask(40_000, 41_000);
    await ask(41_000, 42_000);
    await ask(3_640_000, 3_640_999);
    expect(told).toEqual([39_000]);
    await ask(3_640_500, 3_641_000);
    expect(told).toEqual([39_000, 3_639_500]);
  });

  it.each([403, 500])('reads the date of the answer %i too', async (status) => {
    const { ask, told } = open();
    await ask(41_000, 41_010, status);
    expect(told).toEqual([40_000]);
  });

  it.each([{}, { date: '' }, { date: 'now' }])('says nothing of an answer with %j', async (headers) => {
    const { ask, told } = open(headers);
    await ask(41_000, 41_010);
    expect(told).toEqual([]);
  });
});

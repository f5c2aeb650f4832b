import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventTime, findRecordings } from '../../../../src/cli/replay/recording.ts';

describe('eventTime', () => {
  it.each([
    [{ eventTime: '2026-11-20T09:00:00.1234567Z' }, 1795165200123],
    [{ time: '2026-11-20T01:00:00.12-08:00' }, 1795165200120],
    [{ eventTime: 7, time: '2026-11-20T09:00:00Z' }, 1795165200000],
    [{ eventTime: 'yesterday' }, 0],
    [{}, 0],
    ['text', 0],
    [null, 0],
  ])('%j', (value, timeMs) => {
    expect(eventTime(value)).toBe(timeMs);
  });
});

let cwd = '';

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'find-recordings-'));
  await mkdir(join(cwd, 'calls/deep'), { recursive: true });
  await mkdir(join(cwd, 'chat'));
  await mkdir(join(cwd, 'empty'));
  await writeFile(join(cwd, 'calls/b.json'), '{"b":1}');
  await writeFile(join(cwd, 'calls/a.txt'), 'a');
  await writeFile(join(cwd, 'calls/deep/Z.JSON'), '\uFEFF{"z":1}');
  await writeFile(join(cwd, 'calls/README.md'), 'no recording');
  await writeFile(join(cwd, 'calls/b.golden.json'), 'no recording');
  await writeFile(join(cwd, 'chat/b.json'), '[]');
  await writeFile(join(cwd, 'chat/event.log'), '{}');
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

const names = async (...paths: readonly string[]) =>
  (await findRecordings(paths, cwd)).map((recording) => recording.name);

describe('findRecordings', () => {
  it('searches folders for .json and .txt files, sorted, without goldens', async () => {
    expect(await names('calls')).toEqual(['a.txt', 'b.json', 'deep/Z.JSON']);
  });

  it('names several folders from what they have in common, so that names stay apart', async () => {
    expect(await names('chat', 'calls')).toEqual([
      'calls/a.txt',
      'calls/b.json',
      'calls/deep/Z.JSON',
      'chat/b.json',
    ]);
  });

  it('takes single files, whatever they are called, and each file once', async () => {
    expect(await names('chat/event.log')).toEqual(['event.log']);
    expect(await names('calls/b.json', 'calls', './calls/b.json')).toEqual([
      'a.txt',
      'b.json',
      'deep/Z.JSON',
    ]);
  });

  it('reads the text and drops a byte order mark', async () => {
    expect(await findRecordings(['calls/deep'], cwd)).toEqual([{ name: 'Z.JSON', text: '{"z":1}' }]);
  });

  it('says which path is missing', async () => {
    await expect(names('calls', 'nowhere')).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: 'There is no file or folder nowhere.',
    });
  });

  it('says when there is nothing to replay', async () => {
    await expect(names('empty')).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: 'There is no recording in empty. Recordings are .json and .txt files.',
    });
  });
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRecordings } from '../../../../src/cli/replay/recording.ts';

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

  it('names files of several folders from their common folder, so that names stay unique', async () => {
    expect(await names('chat', 'calls')).toEqual([
      'calls/a.txt',
      'calls/b.json',
      'calls/deep/Z.JSON',
      'chat/b.json',
    ]);
  });

  it('accepts single files with any name, and returns each file once', async () => {
    expect(await names('chat/event.log')).toEqual(['event.log']);
    expect(await names('calls/b.json', 'calls', './calls/b.json')).toEqual([
      'a.txt',
      'b.json',
      'deep/Z.JSON',
    ]);
  });

  it('reads the text without a byte order mark', async () => {
    expect(await findRecordings(['calls/deep'], cwd)).toEqual([{ name: 'Z.JSON', text: '{"z":1}' }]);
  });

  it('throws INPUT_UNUSABLE with the missing path', async () => {
    await expect(names('calls', 'nowhere')).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: 'No such file or folder: nowhere',
    });
  });

  it('throws INPUT_UNUSABLE when there are no recordings', async () => {
    await expect(names('empty')).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: 'No recordings in empty. Recordings are .json and .txt files.',
    });
  });
});

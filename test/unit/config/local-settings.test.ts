import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readLocalSettings } from '../../../src/config/local-settings.ts';

function folderWith(text: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (text !== undefined) writeFileSync(join(folder, 'local.settings.json'), text);
  return folder;
}

describe('readLocalSettings', () => {
  it('returns the values that are not empty', () => {
    const text = '{"IsEncrypted":false,"Values":{"A":"1","EMPTY":""},"Host":{"LocalHttpPort":7071}}';
    expect(readLocalSettings(folderWith(text))).toEqual({ A: '1' });
  });

  it.each([undefined, '{}'])('returns nothing for the file %s', (text) => {
    expect(readLocalSettings(folderWith(text))).toEqual({});
  });

  it.each(['{', '[]', '{"Values":{"A":1}}', '{"Values":"x"}'])('throws for the file %s', (text) => {
    expect(() => readLocalSettings(folderWith(text))).toThrow(
      'local.settings.json is invalid: it must be JSON with an object "Values" of strings. See local.settings.sample.json.',
    );
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithGoldens, goldenName, writeGoldens } from '../../../../src/cli/replay/goldens.ts';
import type { Replayed } from '../../../../src/cli/replay/replayed.ts';

let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'goldens-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const ignored: Replayed = { name: 'odd/a.json', events: [{ end: 'ignored', reason: 'foreign', pushes: [] }] };
const skipped: Replayed = {
  name: 'odd/a.json',
  events: [{ end: 'skipped', reason: 'no-devices', pushes: [] }],
};

describe('compareWithGoldens and writeGoldens', () => {
  it('finds no golden file before writing, and the same one after', async () => {
    expect(await compareWithGoldens([ignored], 'g', cwd)).toEqual([{ kind: 'missing', name: 'odd/a.json' }]);
    await writeGoldens([ignored], 'g', cwd);
    expect(await compareWithGoldens([ignored], 'g', cwd)).toEqual([{ kind: 'same', name: 'odd/a.json' }]);
    expect(await readFile(join(cwd, 'g/odd/a.golden.json'), 'utf8')).toBe(
      `{
  "recording": "odd/a.json",
  "events": [
    {
      "end": "ignored",
      "reason": "foreign",
      "pushes": []
    }
  ]
}
`,
    );
  });

  it('returns a unified diff from the golden file to the current result', async () => {
    await writeGoldens([ignored], 'g', cwd);
    const [comparison] = await compareWithGoldens([skipped], 'g', cwd);
    expect(comparison).toEqual({
      kind: 'different',
      name: 'odd/a.json',
      diff: `===================================================================
--- golden/odd/a.golden.json
+++ now/odd/a.golden.json
@@ -2,8 +2,8 @@
   "recording": "odd/a.json",
   "events": [
     {
-      "end": "ignored",
-      "reason": "foreign",
+      "end": "skipped",
+      "reason": "no-devices",
       "pushes": []
     }
   ]
`,
    });
  });

  it('ignores the line endings of Git on Windows', async () => {
    await writeGoldens([ignored], 'g', cwd);
    const path = join(cwd, 'g/odd/a.golden.json');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('\n', '\r\n'));
    expect(await compareWithGoldens([ignored], 'g', cwd)).toEqual([{ kind: 'same', name: 'odd/a.json' }]);
  });

  it('throws INPUT_UNUSABLE when golden files cannot be written', async () => {
    await writeFile(join(cwd, 'a-file'), '');
    await expect(writeGoldens([ignored], 'a-file', cwd)).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: 'Cannot write to the folder of golden files a-file.',
    });
  });
});

describe('goldenName', () => {
  it('replaces the extension of a JSON recording', () => {
    expect(goldenName('odd/caller-pstn.eventgrid.json')).toBe('odd/caller-pstn.eventgrid.golden.json');
  });

  it('keeps the extension of a text recording, so that a.txt and a.json have two golden files', () => {
    expect(goldenName('a.txt')).toBe('a.txt.golden.json');
    expect(goldenName('a.json')).toBe('a.golden.json');
  });
});

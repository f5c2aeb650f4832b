import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type BuiltApp, buildApp } from '../support/build-app.ts';

let app: BuiltApp;
beforeAll(() => {
  app = buildApp();
}, 60_000);
afterAll(() => app?.remove());

describe('the shipped bundle', () => {
  it('holds nothing that is for development only', () => {
    const map = z
      .object({ sources: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(join(app.root, 'dist/main.cjs.map'), 'utf8')));
    const own = map.sources.filter((source) => !source.includes('node_modules'));
    expect(own.some((source) => source.endsWith('src/app/compose-app.ts'))).toBe(true);
    expect(own.filter((source) => /(^|\/)(local|cli|test)\//.test(source))).toEqual([]);
    expect(map.sources.filter((source) => /playwright|axe-core|sdk-trace-base/.test(source))).toEqual([]);
    expect(readFileSync(join(app.root, 'dist/main.cjs'), 'utf8').includes('/inspector/')).toBe(false);
  });
});

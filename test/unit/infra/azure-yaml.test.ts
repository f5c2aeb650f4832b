import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type Infra, readInfra } from '../../support/bicep/read-infra.ts';
import { root } from '../docs/read-pages.ts';

const hook = z.object({ windows: z.object({ run: z.string() }), posix: z.object({ run: z.string() }) });
const service = z.object({
  project: z.string(),
  host: z.string(),
  language: z.string(),
  dist: z.string(),
  remoteBuild: z.boolean(),
  hooks: z.object({ prepackage: hook }),
});
const schema = z.object({
  infra: z.object({ provider: z.string(), path: z.string(), module: z.string() }),
  services: z.record(z.string(), service),
  hooks: z.object({ preprovision: hook, postdeploy: hook }),
});
const azure = schema.parse(parse(readFileSync(join(root, 'azure.yaml'), 'utf8')));

let infra: Infra;
beforeAll(async () => {
  infra = await readInfra();
});

describe('azure.yaml', () => {
  it('deploys the package as it is, to the app that carries its name', () => {
    expect(azure.services).toMatchObject({
      relay: { project: '.', host: 'function', language: 'js', dist: 'dist/package', remoteBuild: false },
    });
    const tags = infra.at(infra.find('main.bicep', 'module', 'functionApp').value, 'params.tags');
    expect(tags).toBe("=union(tags, { 'azd-service-name': 'relay' })");
  });

  it('provisions infra/main.bicep', () => {
    expect(azure.infra).toEqual({ provider: 'bicep', path: 'infra', module: 'main' });
    expect(existsSync(join(root, 'infra/main.bicepparam'))).toBe(true);
  });

  it('subscribes the Functions after the code is there, on both kinds of shell', () => {
    for (const { run } of Object.values(azure.hooks.postdeploy)) {
      const lines = run.trim().split('\n').slice(-3);
      expect(lines[0]).toMatch(/^az resource wait --exists .*\/functions\/relayCalls"$/);
      expect(lines[1]).toMatch(/^az resource wait --exists .*\/functions\/relayChat"$/);
      expect(lines[2]).toMatch(
        /^az deployment group create .*--parameters infra\/event-subscriptions\.bicepparam /,
      );
    }
  });

  it('names only variables that azd and the outputs of main.bicep give, and none of them is a secret', () => {
    const outputs = infra
      .file('main.bicep')
      .declarations.filter(({ kind }) => kind === 'output')
      .map(({ name }) => name);
    const runs = [azure.hooks.preprovision, azure.hooks.postdeploy].flatMap((one) =>
      Object.values(one).map(({ run }) => run),
    );
    const named = runs.flatMap((run) =>
      [...run.matchAll(/\$(?:env:|\{)?(AZURE_[A-Z_]+)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((name) => name !== 'AZURE_SUBSCRIPTION_ID' && !outputs.includes(name))).toEqual([]);
  });

  it('runs npm scripts that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    const runs = Object.values(azure.services).flatMap(({ hooks }) =>
      Object.values(hooks.prepackage).map(({ run }) => run),
    );
    expect(runs).toEqual(['npm run package', 'npm run package']);
    expect(scripts).toHaveProperty('package');
  });
});

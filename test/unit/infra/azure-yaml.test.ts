import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  it('deploys the package unchanged to the app tagged with its name', () => {
    expect(azure.services).toMatchObject({
      relay: { project: '.', host: 'function', language: 'js', dist: 'dist/package', remoteBuild: false },
    });
    const tags = infra.at(infra.find('main.bicep', 'module', 'functionApp').value, 'params.tags');
    expect(tags).toBe("=union(tags, { 'azd-service-name': 'relay' })");
  });

  it('provisions what infra/main.bicep declares', () => {
    expect(azure.infra).toEqual({ provider: 'bicep', path: 'infra', module: 'main' });
    expect(existsSync(join(root, 'infra/main.bicepparam'))).toBe(true);
  });

  it('creates the subscriptions after the code is deployed, on both kinds of shell', () => {
    for (const { run } of Object.values(azure.hooks.postdeploy)) {
      const lines = run.split('\n').filter((line) => /^\s*az /.test(line));
      expect(lines.map((line) => line.trim())).toEqual([
        expect.stringMatching(
          /^az rest --method post --url "\S+\/host\/default\/sync\?api-version=2024-04-01" /,
        ),
        expect.stringMatching(/^az resource wait --exists .*\/functions\/relayCalls"/),
        expect.stringMatching(/^az resource wait --exists .*\/functions\/relayChat"/),
        expect.stringMatching(
          /^az deployment group create .*--parameters infra\/event-subscriptions\.bicepparam /,
        ),
      ]);
    }
  });

  describe('on POSIX', () => {
    const folder = mkdtempSync(join(tmpdir(), 'postdeploy-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    /** Runs the step with an `az` that records its arguments, and finds the Functions at the given attempt. */
    const run = (foundAt: number) => {
      rmSync(join(folder, 'asked'), { force: true });
      const az = `#!/bin/sh\necho "$1 $2" >> asked\nlooks=$(grep -c 'resource wait' asked)\n[ "$1" != resource ] || [ "$looks" -ge ${foundAt} ]\n`;
      writeFileSync(join(folder, 'az'), az, { mode: 0o755 });
      const env = {
        PATH: `${folder}:${process.env['PATH']}`,
        AZURE_FUNCTION_APP_ID: '/app',
        AZURE_SUBSCRIPTION_ID: 's',
        AZURE_SYSTEM_TOPIC_RESOURCE_GROUP: 'g',
      };
      execFileSync('sh', ['-c', azure.hooks.postdeploy.posix.run], { cwd: folder, env });
      return readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
    };

    it('asks Azure to look for new Functions until it finds them, and then subscribes', () => {
      const round = ['rest --method', 'resource wait'];
      const end = ['rest --method', 'resource wait', 'resource wait', 'deployment group'];
      expect(run(1)).toEqual(end);
      expect(run(3)).toEqual([...round, ...round, ...end]);
    });
  });

  it('uses only variables that azd or the outputs of main.bicep provide, so no secret', () => {
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

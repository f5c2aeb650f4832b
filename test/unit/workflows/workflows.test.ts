import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readWorkflows } from '../../support/read-workflows.ts';
import { root } from '../docs/read-pages.ts';

const workflows = readWorkflows();
const steps = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).flatMap(([job, { steps }]) =>
    steps.map((step) => ({ at: `${file} ${job}`, ...step })),
  ),
);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

describe('the workflows', () => {
  it('are these four', () => {
    expect(workflows.map(({ file }) => file)).toEqual(['ci.yml', 'nightly.yml', 'release.yml', 'replay.yml']);
  });

  it('run npm scripts that exist', () => {
    const named = steps.flatMap(({ at, run = '' }) =>
      [...run.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(test)\b)/g)].map(([, script, test]) => ({
        at,
        script: script ?? test ?? '',
      })),
    );
    expect([...new Set(named.map(({ script }) => script))].toSorted()).toEqual([
      'build',
      'mutation',
      'package',
      'relay',
      'test',
      'test:browser',
    ]);
    expect(named.filter(({ script }) => scripts[script] === undefined)).toEqual([]);
  });

  it('pin each action to a commit and name its version in a comment', () => {
    const lines = workflows.flatMap(({ text }) => text.split('\n').filter((line) => /\buses:/.test(line)));
    expect(lines.length).toBeGreaterThan(12);
    const shape = /^\s+(?:- )?uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
    expect(lines.filter((line) => !shape.test(line))).toEqual([]);
  });

  it('pin an action to the same commit everywhere', () => {
    const used = new Set(steps.flatMap(({ uses }) => uses ?? []));
    const actions = [...used].map((uses) => uses.split('@')[0]);
    expect(actions).toHaveLength(new Set(actions).size);
  });

  it('have read permission, and only the release has write permission', () => {
    for (const { permissions } of workflows) expect(permissions).toEqual({ contents: 'read' });
    const writing = workflows.flatMap(({ file, jobs }) =>
      Object.entries(jobs).flatMap(([name, { permissions }]) =>
        permissions === undefined ? [] : [{ job: `${file} ${name}`, permissions }],
      ),
    );
    expect(writing).toEqual([
      {
        job: 'release.yml release',
        permissions: { contents: 'write', 'id-token': 'write', attestations: 'write' },
      },
    ]);
  });

  it('leave no token in a checkout', () => {
    const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(5);
    for (const { with: options } of checkouts)
      expect(options).toMatchObject({ 'persist-credentials': false });
  });

  it('interpolate no expression into a shell command', () => {
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  it('have a timeout and, unless they are called by others, a concurrency group', () => {
    for (const { file, jobs, concurrency } of workflows) {
      for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(120);
      // A called workflow runs in the concurrency group of its caller.
      expect([file, concurrency === undefined]).toEqual([file, file === 'replay.yml']);
    }
  });
});

describe('ci.yml', () => {
  const ci = workflows.find(({ file }) => file === 'ci.yml');

  it('tests on the Node versions that package.json allows and Azure runs', () => {
    expect(ci?.jobs['test']?.strategy?.matrix).toEqual({ node: [22, 24] });
    expect(ci?.jobs['test']?.steps.map(({ run }) => run).filter(Boolean)).toEqual([
      'npm ci --no-audit --no-fund',
      'rm node_modules/.bin/node',
      'npm test',
      'npm run build',
    ]);
  });

  it('compiles and lints every Bicep file that is deployed', () => {
    const runs = ci?.jobs['bicep']?.steps.map(({ run = '' }) => run) ?? [];
    for (const command of ['az bicep build --file', 'az bicep build-params --file', 'az bicep lint --file']) {
      expect(runs.filter((run) => run.includes(command))).toHaveLength(1);
    }
    for (const file of ['main.bicep', 'event-subscriptions.bicep']) {
      expect(
        runs.filter((run) => run.includes(`infra/${file} `) || run.includes(`infra/${file};`)),
      ).toHaveLength(2);
      expect(runs.filter((run) => run.includes(`infra/${file}param`))).toHaveLength(1);
    }
  });
});

describe('replay.yml', () => {
  const replay = workflows.find(({ file }) => file === 'replay.yml');
  const inputs = replay?.on.workflow_call?.inputs ?? {};

  it('has the inputs that docs/replay.md shows, and uses each', () => {
    expect(Object.keys(inputs)).toEqual([
      'recordings',
      'goldens',
      'devices',
      'settings',
      'relay-repository',
      'relay-ref',
    ]);
    const page = readFileSync(join(root, 'docs/replay.md'), 'utf8');
    for (const name of Object.keys(inputs)) {
      expect(replay?.text).toContain(`\${{ inputs.${name} }}`);
      expect(page).toMatch(new RegExp(`^ +${name}: `, 'm'));
    }
  });

  it('requires each input or gives it a default', () => {
    for (const { required, default: value } of Object.values(inputs)) {
      expect(required === true).toBe(value === undefined);
    }
  });
});

describe('release.yml', () => {
  const release = workflows.find(({ file }) => file === 'release.yml')?.jobs['release'];

  it('tests, packages, signs, and only then releases', () => {
    expect(release?.steps.map(({ uses, run, name }) => name ?? uses?.split('@')[0] ?? run)).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'Check that the tag matches package.json',
      'npm ci --no-audit --no-fund',
      'npm test',
      'npm run package',
      'Checksum',
      'actions/attest-build-provenance',
      'Release',
    ]);
  });
});

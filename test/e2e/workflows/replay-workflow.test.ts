import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readWorkflows } from '../../support/read-workflows.ts';

const root = join(import.meta.dirname, '../../..');

interface Finished {
  readonly code: number;
  readonly output: string;
  /** The JUnit report. */
  readonly report: string;
}

// Runs the very script of the workflow, in a workspace as GitHub lays it out: the caller's repository, with a blank in a
// folder's name, beside the relay.
async function replay(inputs: Readonly<Record<string, string>>): Promise<Finished> {
  const workspace = await mkdtemp(join(tmpdir(), 'replay-workflow-'));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  for (const [folder, ending] of [
    ['recordings', 'json'],
    ['goldens', 'golden.json'],
  ]) {
    await mkdir(join(workspace, 'yours/my events', folder ?? ''), { recursive: true });
    for (const name of ['incoming-call.eventgrid', 'chat-message-received.cloudevents']) {
      const file = `${folder}/${name}.${ending}`;
      await cp(join(root, 'test/replay', file), join(workspace, 'yours/my events', file));
    }
  }
  await symlink(root, join(workspace, 'relay'));
  const job = readWorkflows().find(({ file }) => file === 'replay.yml')?.jobs['replay'];
  const step = job?.steps.find(({ name }) => name === 'Replay');
  const env = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([name, expression]) => {
      const [, input = ''] = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression) ?? [];
      return [name, inputs[input] ?? ''];
    }),
  );
  const finished = await new Promise<Omit<Finished, 'report'>>((resolve) => {
    const options = {
      cwd: join(workspace, step?.['working-directory'] ?? ''),
      env: { PATH: process.env['PATH'], HOME: workspace, GITHUB_WORKSPACE: workspace, ...env },
    };
    const child = execFile('bash', ['-c', step?.run ?? ''], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
  return { ...finished, report: await readFile(join(workspace, 'replay.xml'), 'utf8').catch(() => '') };
}

const folders = { recordings: 'my events/recordings', goldens: 'my events/goldens' };

it('compares the recordings of the caller with their golden files, and reports them', async () => {
  const { code, output, report } = await replay(folders);
  expect(output).toContain('All recordings match the golden files.');
  expect(code).toBe(0);
  expect(report.match(/<testcase /g)).toHaveLength(2);
});

it('fails when a setting of the caller changes a push', async () => {
  const { code, output, report } = await replay({
    ...folders,
    settings: 'RING_SECONDS=30\nCHAT_CONTENT=none\n',
  });
  expect(output).toContain('1 of 2 recordings differ from the golden files.');
  expect(code).toBe(1);
  expect(report.match(/<failure /g)).toHaveLength(1);
});

it('only shows the pushes when there is nothing to compare with', async () => {
  const { code, output } = await replay({ recordings: 'my events/recordings' });
  expect(output).toContain('2 recordings, 2 events: pushed 2 (4 pushes).');
  expect(code).toBe(0);
});

it('reads nothing that the caller gives as a command', async () => {
  const { code, output, report } = await replay({
    ...folders,
    settings: 'CHAT_CONTENT=$(echo full); exit 0',
  });
  expect(output).toContain('CHAT_CONTENT');
  expect(code).toBe(2);
  expect(report).toBe('');
});

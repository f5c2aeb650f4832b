import { type Profiler, Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../../support/source-files.ts';

/** What one run of some code touched of the product. */
export interface Coverage {
  /** Files under `src` in which at least one function ran, in alphabetical order. */
  readonly files: readonly string[];
  /** Named functions in them that ran. */
  readonly functions: number;
}

/** Runs some code and finds, by V8's precise coverage, which files of the product it ran through. */
export async function covered(run: () => Promise<unknown>): Promise<Coverage> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  // Taking the coverage sets the counters back: what loading the modules ran does not count.
  await session.post('Profiler.takePreciseCoverage');
  await run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const scripts = result.flatMap((script) => {
    const path = script.url.startsWith('file:') ? relative(repositoryRoot, fileURLToPath(script.url)) : '';
    const ran = script.functions.filter(hasRun);
    return /^src\/(?!local\/)/.test(path) && ran.length > 0 ? [{ path, ran }] : [];
  });
  return {
    files: scripts.map(({ path }) => path).sort(),
    functions: scripts.flatMap(({ ran }) => ran).filter(({ functionName }) => functionName !== '').length,
  };
}

// The function without a name that begins at 0 is the module itself.
function hasRun({ functionName, ranges }: Profiler.FunctionCoverage): boolean {
  const [whole] = ranges;
  return whole !== undefined && whole.count > 0 && !(functionName === '' && whole.startOffset === 0);
}

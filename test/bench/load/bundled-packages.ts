import { build } from 'esbuild';
import { appOptions } from '../../../scripts/bundle/app-options.ts';
import { baseOptions } from '../../../scripts/bundle/base-options.ts';

/** Returns the packages that the relay's own code imports: what Node would load without a bundle. */
export async function bundledPackages(entry = 'functions/main.ts'): Promise<readonly string[]> {
  const { metafile } = await build({
    ...baseOptions,
    ...appOptions,
    entryPoints: [entry],
    outfile: 'unwritten.cjs',
    write: false,
    metafile: true,
  });
  const imports = Object.entries(metafile.inputs)
    .filter(([path]) => !path.includes('node_modules'))
    .flatMap(([, input]) => input.imports)
    .filter(({ path, external }) => external !== true && path.includes('node_modules'));
  return [...new Set(imports.flatMap(({ original }) => (original === undefined ? [] : [original])))].sort();
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../../support/build-app.ts';
import { bundledPackages } from '../load/bundled-packages.ts';
import { measureLoadTime } from '../load/measure-load-time.ts';
import type { Section } from './section.ts';

/** E: the load time of the deployed bundle, compared with the same packages unbundled, and its size. */
export const coldStart: Section = {
  letters: ['E'],
  title: 'Loading the bundle',
  measure: async ({ rounds }) => {
    const app = buildApp();
    const bundle = join(app.root, 'dist/main.cjs');
    const packages = await bundledPackages();
    const {
      loadMs,
      packagesMs = Number.NaN,
      ratio = Number.NaN,
    } = measureLoadTime({ bundle, packages, rounds });
    const kilobytes = statSync(bundle).size / 1024;
    app.remove();
    return [
      {
        section: 'E',
        name: 'load over an empty process',
        value: loadMs,
        unit: 'ms',
        limit: { kind: 'at-most', bound: 120 },
        absoluteTime: true,
      },
      {
        section: 'E',
        name: 'load of the bundle',
        value: loadMs,
        unit: 'ms',
        rival: { name: 'the same packages', value: packagesMs, ratio },
        limit: { kind: 'at-most', bound: 0.3 },
      },
      {
        section: 'E',
        name: 'size of the bundle',
        value: kilobytes,
        unit: 'KB',
        limit: { kind: 'at-most', bound: 700 },
      },
    ];
  },
};

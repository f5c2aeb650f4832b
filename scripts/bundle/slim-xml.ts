import type { Plugin } from 'esbuild';

/**
 * Leaves the XML writer of fast-xml-parser out: the relay reads XML (listings of blobs, feedback) and writes none. The
 * Azure SDK for tables would use it to set properties of the service, which the relay never does. A later version that
 * names its file otherwise stays whole, and the budget for the bundle tells.
 */
export const slimXml: Plugin = {
  name: 'slim-xml',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]fast-xml-parser[\\/]src[\\/]xmlbuilder[\\/]json2xml\.js$/ }, () => ({
      contents: `export default class { constructor() { throw new Error('The relay writes no XML.'); } }`,
    }));
  },
};

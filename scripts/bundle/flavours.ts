/** One Function App that can be deployed. */
export interface Flavour {
  readonly name: string;
  /** The file that registers the Functions, from the root of the repository. */
  readonly entry: string;
  /** Its bundle, in the folder for what is built. */
  readonly bundle: string;
  /** Its host.json, from the root of the repository. */
  readonly hostJson: string;
}

/** Every Function App that is built; the first one is the relay as package.json names it. */
export const flavours: readonly [Flavour, ...Flavour[]] = [
  { name: 'relay', entry: 'functions/main.ts', bundle: 'main.cjs', hostJson: 'host.json' },
];

/**
 * A value as data: literals are themselves, an interpolated string is its text, and any other expression is its source
 * text behind `=`.
 */
export type BicepValue =
  | string
  | number
  | boolean
  | null
  | readonly BicepValue[]
  | { readonly [key: string]: BicepValue };

/** A name that is used, and where. */
export interface BicepName {
  readonly name: string;
  readonly line: number;
  /** What is read of it: `outputs.id` of `storage.outputs.id`. */
  readonly path: string;
}

/** One declaration. */
export interface BicepDeclaration {
  readonly kind: 'param' | 'var' | 'resource' | 'module' | 'output';
  readonly name: string;
  readonly line: number;
  /** Source text of its decorators, such as `secure()`. */
  readonly decorators: readonly string[];
  /** Type of a parameter or an output. */
  readonly type?: string;
  /** Type and version of a resource, or path of a module. */
  readonly target?: string;
  readonly existing: boolean;
  /** Source text of its condition. */
  readonly condition?: string;
  /** Source text of what it loops over. */
  readonly loop?: string;
  /** Absent for a parameter without a default. */
  readonly value?: BicepValue;
  readonly names: readonly BicepName[];
  /** Functions that are called. */
  readonly calls: readonly string[];
}

/** One Bicep file, or one file of parameters. */
export interface BicepFile {
  /** Path from the folder of the infrastructure, such as `modules/storage.bicep`. */
  readonly path: string;
  /** What is not valid Bicep, as `line: text`. */
  readonly errors: readonly string[];
  readonly declarations: readonly BicepDeclaration[];
  /** Path behind `using`. */
  readonly using?: string;
}

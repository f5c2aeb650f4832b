import { stripTypeScriptTypes } from 'node:module';

/**
 * The JavaScript of a TypeScript module of the page. Node warns that it strips types; whoever develops an app has no use
 * for that, so the warning is kept back.
 */
export function stripTypes(code: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(code);
  } finally {
    process.emitWarning = emitWarning;
  }
}

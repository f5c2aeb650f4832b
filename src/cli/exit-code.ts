/**
 * How `acs-relay` ends: `same` when all is as it should be, `different` when the work was done and found something
 * wrong, `unusable` when it could not be done with this input. Public: scripts rely on the numbers.
 */
export const exitCode = { same: 0, different: 1, unusable: 2 } as const;

/** One of the numbers of {@link exitCode}. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

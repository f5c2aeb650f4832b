import { RelayError } from '../errors/errors.ts';

/**
 * The error for arguments that no hub could ever take.
 *
 * @param problem - what is wrong and how to mend it; never the wrong value itself, which may be a device handle.
 */
export const hubRequestInvalid = (problem: string): RelayError =>
  new RelayError({
    code: 'HUB_REQUEST_INVALID',
    class: 'internal',
    message: `The Direct Send request cannot be built: ${problem}`,
    problems: [problem],
  });

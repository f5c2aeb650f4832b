/**
 * Takes the id of the hub's own trace of a request from the `TrackingId` header, for support cases.
 *
 * @returns undefined when there is none or it is not a plain token.
 */
export const readTrackingId = (value: string | undefined): string | undefined =>
  value !== undefined && /^[\w.:-]{1,200}$/.test(value) ? value : undefined;

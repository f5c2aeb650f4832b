/** How a push service would keep a push for a phone that is offline. */
export interface Storage {
  /** False: it is delivered now or never. */
  readonly stored: boolean;
  readonly expiresAtMs: number;
  readonly collapseId?: string;
}

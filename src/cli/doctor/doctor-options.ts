import type { Platform } from './platform.ts';

/** What `acs-relay doctor` was asked for. Azure is asked only when one of the first five is given. */
export interface DoctorOptions {
  /** Name or resource id of the ACS resource. */
  readonly acs?: string;
  /** Resource id of the hub for alerts; else it is looked for by the names in the settings. */
  readonly hub?: string;
  /** Resource id of the VoIP hub; else it is looked for as well. */
  readonly voipHub?: string;
  /** Resource id of the Function App. */
  readonly app?: string;
  readonly subscription?: string;
  /** Platforms the apps run on. */
  readonly platforms: readonly Platform[];
  /** The team uses the linked hub alone, without this relay. */
  readonly nativePush?: boolean;
  /** Origin of Azure Resource Manager. */
  readonly armEndpoint: string;
  readonly json?: boolean;
}

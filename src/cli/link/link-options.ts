/** What `acs-relay link` was asked for. */
export interface LinkOptions {
  /** Name or resource id of the ACS resource. */
  readonly acs: string;
  /** Resource id of the hub; needed for everything but `--show`. */
  readonly hub?: string;
  readonly subscription?: string;
  /** Show what is linked, and change nothing. */
  readonly show?: boolean;
  /** The access policy whose connection string is taken. */
  readonly rule?: string;
  /** Environment variable that holds the connection string. */
  readonly connectionStringEnv?: string;
  /** Read the connection string from standard input. */
  readonly connectionStringStdin?: boolean;
  /** Take an access policy with Listen or Manage too. */
  readonly broad?: boolean;
  /** Replace a hub that is linked now, without asking. */
  readonly yes?: boolean;
  /** Origin of Azure Resource Manager. */
  readonly armEndpoint: string;
}

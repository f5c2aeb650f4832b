/**
 * Why an event tells nobody: `thread-level` (its user-level twins tell each user), `call-progress` (only joining and
 * ending matter to phones that ring), `other-acs` (SMS, Email, Router, recordings, …), `unknown-acs` (a type newer than
 * this relay), `handshake` (Event Grid's own subscription events), `foreign` (not from Azure Communication Services).
 */
export type IgnoredReason =
  | 'thread-level'
  | 'call-progress'
  | 'other-acs'
  | 'unknown-acs'
  | 'handshake'
  | 'foreign';

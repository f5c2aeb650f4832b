/**
 * Every code a {@link RelayError} can carry. Codes are public: they stay the same between releases, so that
 * alerts, dead letters and scripts can rely on them.
 */
export type ErrorCode =
  // An event that cannot be used.
  | 'EVENT_NOT_JSON'
  | 'EVENT_NOT_AN_EVENT'
  | 'EVENT_DATA_INVALID'
  | 'EVENT_PAYLOAD_TOO_LARGE'
  | 'EVENT_PAYLOAD_CHANGED'
  | 'EVENTS_CALLER_UNAUTHENTICATED'
  // A setting that is missing or wrong.
  | 'CONFIG_INVALID'
  | 'HUB_CONNECTION_STRING_INVALID'
  | 'HUB_TRANSPORT_NOT_INSTALLED'
  // A call of the Direct Send client with arguments that can never work.
  | 'HUB_REQUEST_INVALID'
  // The device API.
  | 'REQUEST_EMPTY'
  | 'REQUEST_NOT_JSON'
  | 'REQUEST_TOO_LARGE'
  | 'USER_ID_INVALID'
  | 'DEVICE_ID_INVALID'
  | 'DEVICE_INVALID'
  | 'DEVICE_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CALLER_UNAUTHENTICATED'
  | 'CALLER_FORBIDDEN'
  // Azure answered, but not with what the relay needs.
  | 'STORAGE_UNAVAILABLE'
  | 'CALLER_KEYS_UNAVAILABLE'
  | 'HEALTH_CHECK_TIMEOUT'
  | 'DELIVERY_INCOMPLETE'
  // The local run and the command line.
  | 'PORT_IN_USE'
  | 'BUILD_MISSING'
  | 'INPUT_UNUSABLE'
  // A fault of the relay itself.
  | 'STORAGE_KEY_INVALID'
  | 'STORAGE_ROW_INVALID'
  | 'INTERNAL';

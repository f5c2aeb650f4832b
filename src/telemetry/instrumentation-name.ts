/** Names the relay's tracer and its meter. */
export const instrumentationName = 'acs-notification-relay';

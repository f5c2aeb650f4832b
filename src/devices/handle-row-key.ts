/** The only row key in the table `handles`: every handle has a partition of its own. */
export const HANDLE_ROW_KEY = 'owner';

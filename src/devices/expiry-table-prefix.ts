/** What the names of the tables of the expiry index begin with; the rest is a day, see `dayDigits`. */
export const EXPIRY_TABLE_PREFIX = 'expiries';

/** Which hub of a pair: the one that is used, or the one that stands in for it. */
export type HubPlace = 'primary' | 'secondary';

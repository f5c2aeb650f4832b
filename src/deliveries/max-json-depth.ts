/** How many levels of a received JSON value are read, where code goes down into it; no event of ACS has ten. */
export const maxJsonDepth = 64;

/** The current time in epoch milliseconds. Handed in everywhere, so that tests and replays decide what time it is. */
export type Clock = () => number;

/** What takes turns under load is measured in many short slices: what else the machine does changes within a second. */
export const shortSlices = { slice: { inFlight: 32, durationMs: 150 }, turnsPerRound: 6 } as const;

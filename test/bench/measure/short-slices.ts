/** Contestants under load take turns in many short slices, because other work on the machine changes within a second. */
export const shortSlices = { slice: { inFlight: 32, durationMs: 150 }, turnsPerRound: 6 } as const;

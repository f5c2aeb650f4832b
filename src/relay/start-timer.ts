/** Calls back once after a time in milliseconds, by the clock of the machine, and gives how to call that off. */
export function startTimer(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

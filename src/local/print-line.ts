/** Writes one finished line for a person to read. The local stack never writes anywhere else. */
export type PrintLine = (line: string) => void;

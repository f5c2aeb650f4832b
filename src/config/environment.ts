/** The environment as Node gives it: names and texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

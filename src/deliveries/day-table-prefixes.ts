/** What the names of the day tables begin with. */
export const dayTablePrefixes = { ledger: 'deliveries', calls: 'calls' } as const;

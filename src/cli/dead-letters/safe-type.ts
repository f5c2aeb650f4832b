/** The type of an event for a table: short for events of ACS, as it is for others of Azure, `other` for the rest. */
export function safeType(type: string | undefined): string {
  if (type === undefined) return '-';
  if (!/^Microsoft(?:\.[A-Za-z]{1,80}){2,4}$/.test(type)) return 'other';
  return type.replace(/^Microsoft\.Communication\./, '');
}

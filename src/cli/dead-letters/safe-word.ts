/**
 * A word that Azure or the relay chose (a reason, a code, an outcome), as it may stand in a table. Anything else comes
 * from whoever sent the event, may hold a name or a number, and is not shown.
 */
export function safeWord(text: string | undefined): string {
  if (text === undefined || text === '') return '-';
  return /^[A-Za-z]+(?:[-_][A-Za-z]+)*$/.test(text) && text.length <= 60 ? text : 'other';
}

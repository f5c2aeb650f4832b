/** Response headers with names in lower case and several values of one name joined by `, `. */
export const normaliseHeaders = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> => {
  const normal: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined)
      normal[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return normal;
};

const SAMPLE_BYTES = 2048;

/**
 * Reads the bytes of a feedback blob as text. What the documents declare (`utf-16`) is not what they need be: UTF-8
 * written through a .NET string declares it too. So the bytes decide: text in Latin script has a zero in every other
 * byte when it is UTF-16, even when it begins in the middle of a character. Bytes that are no text become U+FFFD.
 */
export function decodeFeedback(bytes: Uint8Array): string {
  return new TextDecoder(guessEncoding(bytes)).decode(bytes);
}

function guessEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 1) {
    if (sample[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (Math.max(even, odd) * 4 <= sample.length) return 'utf-8';
  return odd > even ? 'utf-16le' : 'utf-16be';
}

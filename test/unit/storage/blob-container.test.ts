import { describe, expect, it } from 'vitest';
import { readBlobPage } from '../../../src/storage/blob-container.ts';

const properties =
  '<Properties><Last-Modified>Sun, 22 Nov 2026 09:00:01 GMT</Last-Modified><Content-Length>12</Content-Length></Properties>';
const page = (blobs: string, marker = '<NextMarker />') =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://contoso.blob.core.windows.net/" ContainerName="dead-letters"><Prefix>2026</Prefix>${blobs}${marker}</EnumerationResults>`;
const at = { bytes: 12, changedAtMs: 1_795_338_001_000 };

describe('readBlobPage', () => {
  it('reads one blob, and no further page', () => {
    const xml = page(`<Blobs><Blob><Name>2026/11/a.json</Name>${properties}</Blob></Blobs>`);
    expect(readBlobPage(xml)).toEqual({ blobs: [{ name: '2026/11/a.json', ...at }] });
  });

  it.each(['<Blobs />', '<Blobs></Blobs>'])('reads an empty listing: %s', (blobs) => {
    expect(readBlobPage(page(blobs))).toEqual({ blobs: [] });
  });

  it('keeps names and markers as they are: digits, spaces, entities', () => {
    const names = ['0012', ' a ', 'a&amp;b&lt;c', 'it&apos;s'];
    const blobs = names.map((name) => `<Blob><Name>${name}</Name>${properties}</Blob>`).join('');
    const read = readBlobPage(page(`<Blobs>${blobs}</Blobs>`, '<NextMarker>2!92!MDAw</NextMarker>'));
    expect(read.blobs.map(({ name }) => name)).toEqual(['0012', ' a ', 'a&b<c', "it's"]);
    expect(read.next).toBe('2!92!MDAw');
  });

  it('decodes a name that XML cannot contain', () => {
    const xml = page(`<Blobs><Blob><Name Encoded="true">a%EF%BF%BE%2Fb</Name>${properties}</Blob></Blobs>`);
    expect(readBlobPage(xml).blobs[0]?.name).toBe('a\uFFFE/b');
  });

  it('reads a page of 5,000 names with an entity in each', () => {
    const blobs = `<Blob><Name>a&amp;b</Name>${properties}</Blob>`.repeat(5_000);
    expect(readBlobPage(page(`<Blobs>${blobs}</Blobs>`)).blobs).toHaveLength(5_000);
  });

  it.each(['', 'not xml', '<Error><Code>x</Code></Error>'])('throws for %j', (xml) => {
    expect(() => readBlobPage(xml)).toThrow();
  });
});

import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import type { BlobPage } from './blob-container.ts';

// Names and markers are texts, whatever they look like.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => name === 'Blob',
});

const pageSchema = z.object({
  EnumerationResults: z.object({
    Blobs: z.union([
      z.object({
        Blob: z.array(
          z.object({
            Name: z.union([z.string(), z.object({ '#text': z.string(), Encoded: z.literal('true') })]),
            Properties: z.object({ 'Content-Length': z.string(), 'Last-Modified': z.string() }),
          }),
        ),
      }),
      z.string(),
    ]),
    NextMarker: z.optional(z.string()),
  }),
});

/**
 * Reads the answer to "List Blobs" (Blob service REST API). A name that XML cannot carry comes percent-encoded, and
 * says so.
 *
 * @throws ZodError, or the parser's error, for what is no such answer
 */
export function readBlobPage(xml: string): BlobPage {
  const { Blobs, NextMarker } = pageSchema.parse(parser.parse(xml)).EnumerationResults;
  const blobs = typeof Blobs === 'string' ? [] : Blobs.Blob;
  return {
    blobs: blobs.map(({ Name, Properties }) => ({
      name: typeof Name === 'string' ? Name : decodeURIComponent(Name['#text']),
      bytes: Number(Properties['Content-Length']),
      changedAtMs: Date.parse(Properties['Last-Modified']),
    })),
    ...(NextMarker === undefined || NextMarker === '' ? {} : { next: NextMarker }),
  };
}

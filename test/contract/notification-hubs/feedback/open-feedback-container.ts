import { BlobServiceClient, ContainerSASPermissions } from '@azure/storage-blob';
import { inject } from 'vitest';
import { randomStorageName } from '../../../support/random-storage-name.ts';

/** A real blob container that stands for the one a hub keeps its feedback in. */
export interface FeedbackContainerForTest {
  readonly name: string;
  /** Address with a signature that may read and list, as the hub gives it. */
  readonly url: string;
  /** Writes a blob; tells when storage says it was written, in whole seconds, epoch milliseconds. */
  readonly put: (name: string, content: string | Uint8Array) => Promise<number>;
}

/** Creates an empty container on Azurite; with `exists: false` only its address. */
export async function openFeedbackContainer({
  exists = true,
  permissions = 'rl',
}: {
  readonly exists?: boolean;
  readonly permissions?: string;
} = {}): Promise<FeedbackContainerForTest> {
  const name = randomStorageName('feedback');
  const container = BlobServiceClient.fromConnectionString(inject('azurite')).getContainerClient(name);
  if (exists) await container.create();
  const url = await container.generateSasUrl({
    permissions: ContainerSASPermissions.parse(permissions),
    expiresOn: new Date(Date.now() + 3_600_000),
  });
  return {
    name,
    url,
    put: async (blob, content) => {
      const bytes = Buffer.from(content);
      const { lastModified } = await container.getBlockBlobClient(blob).upload(bytes, bytes.length);
      return lastModified?.getTime() ?? 0;
    },
  };
}

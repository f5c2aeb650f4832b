// What the relay uses of the SDK. Imported from here, lazily, the bundler leaves the rest of the package out.
export { TableClient, TableServiceClient } from '@azure/data-tables';

// What the relay uses of the library. Imported from here, lazily, the bundler leaves the rest of the package out.
export { createRemoteJWKSet, jwtVerify } from 'jose';

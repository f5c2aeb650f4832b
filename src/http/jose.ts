// The parts of the library that the relay uses. Importing them lazily through this module lets the bundler drop the rest.
export { createRemoteJWKSet, jwtVerify } from 'jose';

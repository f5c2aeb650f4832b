import { createDeviceApi } from '../http/device-api.ts';
import { handleHttp } from './handle-http.ts';

/** What the `users` Function does with a request: erases everything about a user. */
export const handleUsers = handleHttp(
  ({ devices, authenticateCaller }, logger) =>
    createDeviceApi({ registry: devices, authenticate: authenticateCaller, logger }).users,
);

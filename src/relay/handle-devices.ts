import { createDeviceApi } from '../http/device-api.ts';
import { handleHttp } from './handle-http.ts';

/** What the `devices` Function does with a request: registers, shows, lists or removes devices of a user. */
export const handleDevices = handleHttp(
  ({ devices, authenticateCaller }, logger) =>
    createDeviceApi({ registry: devices, authenticate: authenticateCaller, logger }).devices,
);

import type { Device } from '../../devices/device.ts';
import type { Step } from '../../telemetry/tracing.ts';
import type { Gathered } from '../gathered.ts';

/** Finding whom an event concerns: span `acs.lookup`. */
export const lookupStep: Step<Gathered> = {
  name: 'acs.lookup',
  end: (gathered) => ({ attributes: { 'acs.lookup.devices': countDevices(gathered) } }),
};

function countDevices(gathered: Gathered): number {
  switch (gathered.kind) {
    case 'nobody':
      return 0;
    case 'over':
      return gathered.devices.length;
    case 'deliveries': {
      const devices = gathered.deliveries.flatMap((delivery) => delivery.devices);
      return new Set(devices.map(keyOf)).size;
    }
  }
}

function keyOf({ recipientId, deviceId }: Device): string {
  return `${recipientId} ${deviceId}`;
}

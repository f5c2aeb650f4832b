import type { Step } from '../../telemetry/tracing.ts';
import type { SettleEnd } from '../event-end.ts';

/** Writing down what became of an event: span `acs.settle`. */
export function settleStep(final: boolean): Step<SettleEnd> {
  return {
    name: 'acs.settle',
    begin: () => ({ 'acs.settle.final': final }),
    end: (end) => (end === 'settled' ? { attributes: {} } : { attributes: {}, failed: end }),
  };
}

import type { Step } from '../../telemetry/step.ts';
import type { SettleEnd } from '../settle-event.ts';

/** Writing down what became of an event: span `acs.settle`. */
export function settleStep(final: boolean): Step<SettleEnd> {
  return {
    name: 'acs.settle',
    describe: (end) => ({
      attributes: { 'acs.settle.final': final },
      ...(end === 'settled' ? {} : { failed: end }),
    }),
    describeFailure: () => ({ 'acs.settle.final': final }),
  };
}

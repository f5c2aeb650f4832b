import type { HostAnswer } from './host-answer.ts';

/** A POST for a function, as it came. */
export interface ObservedDelivery {
  readonly functionName: string;
  /** Header `aeg-event-type`; empty when there is none. */
  readonly eventType: string;
  /** Which delivery it is, 1 for the first. Event Grid counts the earlier ones in `aeg-delivery-count`. */
  readonly attempt: number;
  readonly body: string;
}

/** Is told of a POST before the function runs, and of the answer by what it gives back. Must not throw. */
export type DeliveryObserver = (delivery: ObservedDelivery) => (answer: HostAnswer) => void;

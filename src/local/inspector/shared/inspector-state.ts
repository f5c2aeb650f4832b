import type { PlannedFault } from '../../hub-emulator/faults.ts';

/** A device of the sample user, as the page shows it. */
export interface ShownDevice {
  readonly deviceId: string;
  readonly platform: 'apns' | 'fcmv1';
  readonly locale?: string;
  /** Masked. */
  readonly handle: string;
  /** Masked. */
  readonly voipHandle?: string;
  readonly online: boolean;
  /** Number of pushes that wait until it is online. */
  readonly waiting: number;
}

export interface ShownDeadLetter {
  readonly name: string;
  readonly reason: string;
  readonly message: string;
  readonly eventType: string;
  readonly eventId: string;
}

/** A button of "Try it". */
interface ShownScenario {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly group: 'call' | 'chat' | 'trouble';
}

/** What the page shows in addition to the journal. Sent as a whole on each change. */
export interface InspectorState {
  readonly userName: string;
  readonly userId: string;
  readonly hostUrl: string;
  readonly scenarios: readonly ShownScenario[];
  readonly devices: readonly ShownDevice[];
  readonly deadLetters: readonly ShownDeadLetter[];
  /** The active fault. */
  readonly fault?: PlannedFault;
}

export interface SentState extends InspectorState {
  /** Time of the server when it sent the state; the page counts down by this clock. */
  readonly nowMs: number;
}

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
  /** How many pushes wait for it to come online. */
  readonly waiting: number;
}

/** A dead letter in one line. */
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

/** What there is beside the journal: sent whole at each change. */
export interface InspectorState {
  readonly userName: string;
  readonly userId: string;
  readonly hostUrl: string;
  readonly scenarios: readonly ShownScenario[];
  readonly devices: readonly ShownDevice[];
  readonly deadLetters: readonly ShownDeadLetter[];
  /** The fault that is switched on. */
  readonly fault?: PlannedFault;
}

/** The state as it is sent. */
export interface SentState extends InspectorState {
  /** The time of the server when it sent it, so that the page counts down by its clock. */
  readonly nowMs: number;
}

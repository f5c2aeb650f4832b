/** Everything a simulation starts from. One number each, so that the table of assumptions is complete. */
export interface Inputs {
  /** Registered users. */
  readonly users: number;
  readonly callsPerUserDay: number;
  readonly messagesPerUserDay: number;
  /** Share of a day's events that fall into its busiest hour. */
  readonly busyHourShare: number;
  /** How much busier the busiest minutes are than the average of that hour. */
  readonly peakFactor: number;
  readonly devicesPerUser: number;
  /** Share of calls that are answered. */
  readonly answeredShare: number;
  /** Messages to a large chat, for each 100,000 users. */
  readonly burstsPerMinute: number;
  /** Recipients of such a message. */
  readonly burstMembers: number;
  /** How long the peak lasts. */
  readonly minutes: number;

  readonly ringSeconds: number;
  readonly chatTtlSeconds: number;
  /** How long an invocation may try. */
  readonly budgetSeconds: number;

  /** From the moment of the event to its first delivery. */
  readonly eventGridMedianMs: number;
  readonly eventGridP99Ms: number;
  /** How long Event Grid waits for an answer. */
  readonly eventGridAnswerSeconds: number;
  /** Share of deliveries that come twice. */
  readonly duplicateShare: number;
  readonly eventGridEventsPerSecond: number;
  readonly callAttempts: number;
  readonly callTtlMinutes: number;
  readonly chatAttempts: number;
  readonly chatTtlMinutes: number;

  /** Invocations at once on one instance. */
  readonly concurrency: number;
  readonly coldStartMs: number;
  readonly newInstancesPerSecond: number;
  readonly alwaysReadyCalls: number;
  readonly alwaysReadyChat: number;
  readonly maxInstances: number;
  /** CPU time of host and relay, on the one thread of an instance. */
  readonly cpuPerEventMs: number;
  readonly cpuPerPushMs: number;

  readonly storageMedianMs: number;
  readonly storageP99Ms: number;
  readonly storageRequestsPerSecond: number;

  readonly hubMedianMs: number;
  readonly hubP99Ms: number;
  /** What one namespace takes. */
  readonly hubSendsPerMinute: number;
  /** 1: what is about calls has a namespace of its own; 0: it shares that of chat. */
  readonly callNamespace: number;
}

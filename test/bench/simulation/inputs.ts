/** The inputs of a simulation. Each is a number, so that the table of assumptions is complete. */
export interface Inputs {
  /** Registered users. */
  readonly users: number;
  readonly callsPerUserDay: number;
  readonly messagesPerUserDay: number;
  /** Share of a day's events in its busiest hour. */
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
  /** Length of the peak. */
  readonly minutes: number;

  readonly ringSeconds: number;
  readonly chatTtlSeconds: number;
  /** Time budget of an invocation. */
  readonly budgetSeconds: number;

  /** From the event to its first delivery. */
  readonly eventGridMedianMs: number;
  readonly eventGridP99Ms: number;
  /** How long Event Grid waits for an answer. */
  readonly eventGridAnswerSeconds: number;
  /** Share of events that are delivered twice. */
  readonly duplicateShare: number;
  readonly eventGridEventsPerSecond: number;
  readonly callAttempts: number;
  readonly callTtlMinutes: number;
  readonly chatAttempts: number;
  readonly chatTtlMinutes: number;

  /** Concurrent invocations on one instance. */
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
  /** Limit of one namespace. */
  readonly hubSendsPerMinute: number;
  /** 1: calls have their own namespace; 0: they share the namespace of chat. */
  readonly callNamespace: number;
}

import type { Inputs } from './inputs.ts';

/** The meaning of an input and the source of its value. */
export interface InputNote {
  readonly what: string;
  /** Starts with `measured`, `documented`, `setting`, `infra`, `chosen` (adapt it to your users) or `UNVERIFIED`. */
  readonly source: string;
}

/** One note for each input; the compiler keeps the list complete. */
export const inputNotes: Readonly<Record<keyof Inputs, InputNote>> = {
  users: { what: 'registered users', source: 'chosen, by size' },
  callsPerUserDay: { what: 'calls a user gets in a day', source: 'chosen' },
  messagesPerUserDay: { what: 'messages a user gets in a day', source: 'chosen' },
  busyHourShare: { what: "busiest hour's share of the day", source: 'chosen' },
  peakFactor: { what: 'busiest minutes over that hour', source: 'chosen' },
  devicesPerUser: { what: 'devices of a user', source: 'chosen' },
  answeredShare: { what: 'share of calls that are answered', source: 'chosen' },
  burstsPerMinute: {
    what: 'messages a minute to a full chat, for each 100,000 users',
    source: 'chosen',
  },
  burstMembers: {
    what: 'recipients of such a message',
    source: 'documented: a chat thread has 250 participants at most',
  },
  minutes: { what: 'length of the peak, minutes', source: 'chosen' },

  ringSeconds: { what: 'RING_SECONDS', source: 'setting' },
  chatTtlSeconds: { what: 'CHAT_TTL_SECONDS', source: 'setting' },
  budgetSeconds: { what: 'time one delivery may take, seconds', source: 'src/app/handle-events.ts' },

  eventGridMedianMs: { what: 'event to first delivery, median, ms', source: 'UNVERIFIED' },
  eventGridP99Ms: { what: 'the same, 99th percentile, ms', source: 'UNVERIFIED' },
  eventGridAnswerSeconds: {
    what: 'how long Event Grid waits for an answer, seconds',
    source: 'documented: Event Grid message delivery and retry',
  },
  duplicateShare: { what: 'share of deliveries that come twice', source: 'UNVERIFIED' },
  eventGridEventsPerSecond: {
    what: 'events a second on one topic',
    source:
      'documented for custom topics: Azure Event Grid quotas and limits; UNVERIFIED for the topic of ACS',
  },
  callAttempts: { what: 'deliveries of a call event at most', source: 'infra' },
  callTtlMinutes: { what: 'time to live of a call event, minutes', source: 'infra' },
  chatAttempts: { what: 'deliveries of a chat event at most', source: 'infra' },
  chatTtlMinutes: { what: 'time to live of a chat event, minutes', source: 'infra' },

  concurrency: {
    what: 'invocations at once on one instance',
    source:
      'documented for HTTP at 2,048 MB: Concurrency in Azure Functions; UNVERIFIED for Event Grid triggers',
  },
  coldStartMs: { what: 'until a new instance works, ms', source: 'UNVERIFIED' },
  newInstancesPerSecond: {
    what: 'new instances a second',
    source: 'documented for HTTP on Consumption: Event-driven scaling; UNVERIFIED for Flex Consumption',
  },
  alwaysReadyCalls: { what: 'instances always ready for calls', source: 'infra' },
  alwaysReadyChat: { what: 'instances always ready for chat', source: 'infra' },
  maxInstances: { what: 'instances of one Function at most', source: 'infra' },
  cpuPerEventMs: {
    what: 'CPU of host and relay for an event, ms',
    source:
      'measured for the relay with one push (0.4 ms: docs/performance.md); the rest is the host, UNVERIFIED',
  },
  cpuPerPushMs: { what: 'CPU for a push, ms', source: 'UNVERIFIED' },

  storageMedianMs: { what: 'one storage request, median, ms', source: 'UNVERIFIED' },
  storageP99Ms: { what: 'the same, 99th percentile, ms', source: 'UNVERIFIED' },
  storageRequestsPerSecond: {
    what: 'requests a second on one storage account',
    source: 'documented: Scalability and performance targets for Table storage',
  },

  hubMedianMs: { what: "the hub's answer, median, ms", source: 'UNVERIFIED' },
  hubP99Ms: { what: 'the same, 99th percentile, ms', source: 'UNVERIFIED' },
  hubSendsPerMinute: {
    what: 'sends a minute that one namespace takes, Standard',
    source: 'UNVERIFIED: named in forum answers only (Free 100, Basic 900)',
  },
  callNamespace: { what: 'calls have a namespace of their own (1) or not (0)', source: 'by size' },
};

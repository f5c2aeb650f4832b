/** Settings by name. */
export type Settings = Readonly<Record<string, string>>;

/** What the local stack has to start, and the settings of the app once it is known where those parts listen. */
export interface LocalPlan {
  readonly needsEmulator: boolean;
  readonly needsAzurite: boolean;
  /** Fills in the addresses; a part that was not started needs none. */
  readonly settings: (addresses: LocalAddresses) => Settings;
}

/** Where the started parts listen. */
interface LocalAddresses {
  readonly hubConnectionString?: string;
  readonly storageConnectionString?: string;
}

const developmentStorage = 'UseDevelopmentStorage=true';
const loopbackHub = 'Endpoint=http://127.0.0.1/';

const hubDefaults: Settings = {
  NOTIFICATION_HUB_CONNECTION_STRING: loopbackHub,
  NOTIFICATION_HUB_NAME: 'relay',
  NOTIFICATION_HUB_VOIP_CONNECTION_STRING: loopbackHub,
  NOTIFICATION_HUB_VOIP_NAME: 'relay-voip',
};

/**
 * Decides what runs locally. A setting of the environment beats the file, as with Core Tools. Without a hub setting the
 * emulator stands in; a hub on a loopback address is the emulator, wherever it listens; any other hub is used as it is.
 * The same goes for storage: `UseDevelopmentStorage=true` means the Azurite that is started here.
 */
export function planLocalRun(
  fileValues: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): LocalPlan {
  const wanted: Settings = {
    FUNCTIONS_WORKER_RUNTIME: 'node',
    AzureWebJobsStorage: developmentStorage,
    ...('NOTIFICATION_HUB_CONNECTION_STRING' in { ...fileValues, ...environment } ? {} : hubDefaults),
    ...fileValues,
  };
  const merged: [string, string][] = Object.entries(wanted);
  for (const [name, value] of Object.entries(environment)) {
    const known = name in wanted || /^(NOTIFICATION_HUB|RELAY_STORAGE)/.test(name);
    // A later pair of the same name wins.
    if (known && value !== undefined) merged.push([name, value]);
  }
  const used = Object.entries<string>(Object.fromEntries(merged));

  return {
    needsEmulator: used.some(([, value]) => isLoopbackHub(value)),
    needsAzurite: used.some(([, value]) => value === developmentStorage),
    settings: ({ hubConnectionString, storageConnectionString }) =>
      Object.fromEntries(
        used.map(([name, value]) => {
          if (isLoopbackHub(value)) return [name, moveHub(value, hubConnectionString)];
          if (value === developmentStorage) return [name, storageConnectionString ?? value];
          return [name, value];
        }),
      ),
  };
}

function isLoopbackHub(value: string) {
  // `BlobEndpoint=` and its like belong to storage.
  return /(^|;)\s*endpoint=http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/;]/i.test(value);
}

/** Points a local connection string at the running emulator; the hub it names stays. */
function moveHub(value: string, hubConnectionString: string | undefined): string {
  if (hubConnectionString === undefined) return value;
  return `${hubConnectionString}${/;EntityPath=[^;]*/i.exec(value)?.[0] ?? ''}`;
}

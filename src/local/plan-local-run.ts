/** Settings by name. */
export type Settings = Readonly<Record<string, string>>;

/** Which parts the local stack starts, and how the app is configured to use them. */
export interface LocalPlan {
  readonly needsEmulator: boolean;
  readonly needsAzurite: boolean;
  /** The app settings with the addresses filled in; a part that was not started has none. */
  readonly settings: (addresses: LocalAddresses) => Settings;
}

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
 * Decides which parts run locally. The environment overrides the file, as with Core Tools. Without a hub setting the app
 * uses the emulator. A hub on a loopback address means the emulator, on whatever port; any other hub is used as it is.
 * Likewise, the storage `UseDevelopmentStorage=true` means the Azurite that is started here.
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
  // `BlobEndpoint=` and similar belong to storage.
  return /(^|;)\s*endpoint=http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/;]/i.test(value);
}

/** Points a local connection string at the running emulator and keeps the hub it names. */
function moveHub(value: string, hubConnectionString: string | undefined): string {
  if (hubConnectionString === undefined) return value;
  return `${hubConnectionString}${/;EntityPath=[^;]*/i.exec(value)?.[0] ?? ''}`;
}

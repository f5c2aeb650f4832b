// Everything comes from the environment, so that no secret is in a file or in the arguments of a command.
// docs/deploy.md lists the variables.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'relay')
param location = readEnvironmentVariable('AZURE_LOCATION')

// These two have no default: a deployment from a shell without them must not remove the hubs' credentials.
param apnsKey = readEnvironmentVariable('APNS_KEY') == 'none' ? '' : readEnvironmentVariable('APNS_KEY')
param fcmServiceAccount = readEnvironmentVariable('FCM_SERVICE_ACCOUNT') == 'none' ? '' : readEnvironmentVariable('FCM_SERVICE_ACCOUNT')

param apnsKeyId = readEnvironmentVariable('APNS_KEY_ID', '')
param apnsTeamId = readEnvironmentVariable('APNS_TEAM_ID', '')
param apnsBundleId = readEnvironmentVariable('APNS_BUNDLE_ID', '')
param apnsEnvironment = readEnvironmentVariable('APNS_ENVIRONMENT', 'production')
param voip = bool(readEnvironmentVariable('APNS_VOIP', 'true'))
param hubKeySlot = readEnvironmentVariable('AZURE_HUB_KEY_SLOT', 'primary')
param secondaryLocation = readEnvironmentVariable('AZURE_SECONDARY_LOCATION', '')

param acsResourceId = readEnvironmentVariable('ACS_RESOURCE_ID', '')
param acsDataLocation = readEnvironmentVariable('ACS_DATA_LOCATION', 'Europe')
param systemTopicName = readEnvironmentVariable('ACS_SYSTEM_TOPIC_NAME', '')

param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')
param slowRingMs = int(readEnvironmentVariable('ALERT_SLOW_RING_MS', '5000'))
param operatorPrincipalId = readEnvironmentVariable('OPERATOR_PRINCIPAL_ID', '')
param operatorPrincipalType = readEnvironmentVariable('OPERATOR_PRINCIPAL_TYPE', 'User')
param deadLetterDays = int(readEnvironmentVariable('DEAD_LETTER_DAYS', '90'))
param storageSku = readEnvironmentVariable('AZURE_STORAGE_REDUNDANCY', 'Standard_LRS')
param instanceMemoryMB = int(readEnvironmentVariable('INSTANCE_MEMORY_MB', '2048'))
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '100'))
param alwaysReadyForCalls = int(readEnvironmentVariable('ALWAYS_READY_FOR_CALLS', '1'))
param alwaysReadyForChat = int(readEnvironmentVariable('ALWAYS_READY_FOR_CHAT', '0'))
param keyVaultPurgeProtection = bool(readEnvironmentVariable('KEY_VAULT_PURGE_PROTECTION', 'false'))

param ringSeconds = int(readEnvironmentVariable('RING_SECONDS', '30'))
param chatTtlSeconds = int(readEnvironmentVariable('CHAT_TTL_SECONDS', '86400'))
param chatContent = readEnvironmentVariable('CHAT_CONTENT', 'full')
param defaultLocale = readEnvironmentVariable('DEFAULT_LOCALE', 'en')
param deviceTtlDays = int(readEnvironmentVariable('DEVICE_TTL_DAYS', '180'))
param devicesPerUser = int(readEnvironmentVariable('DEVICES_PER_USER', '25'))
param deviceApiIssuer = readEnvironmentVariable('DEVICE_API_ISSUER', '')
param deviceApiAudience = readEnvironmentVariable('DEVICE_API_AUDIENCE', '')
param deviceApiJwksUrl = readEnvironmentVariable('DEVICE_API_JWKS_URL', '')
param deviceApiUserClaim = readEnvironmentVariable('DEVICE_API_USER_CLAIM', '')
param eventsEntraTenantId = readEnvironmentVariable('EVENTS_ENTRA_TENANT_ID', '')
param eventsEntraAudience = readEnvironmentVariable('EVENTS_ENTRA_AUDIENCE', '')
param logUserIds = bool(readEnvironmentVariable('LOG_USER_IDS', 'false'))

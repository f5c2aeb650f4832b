// The outputs of main.bicep, which azd puts into the environment.
using 'event-subscriptions.bicep'

param systemTopicName = readEnvironmentVariable('AZURE_SYSTEM_TOPIC_NAME')
param functionAppId = readEnvironmentVariable('AZURE_FUNCTION_APP_ID')
param storageAccountId = readEnvironmentVariable('AZURE_STORAGE_ACCOUNT_ID')
param deadLetterContainerName = readEnvironmentVariable('AZURE_DEAD_LETTER_CONTAINER', 'dead-letters')

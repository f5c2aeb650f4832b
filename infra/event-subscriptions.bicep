// The second step: which events go to which Function. Event Grid accepts a Function as a destination only if it exists,
// so this is deployed after the code, into the resource group of the system topic.
targetScope = 'resourceGroup'

@description('Name of the system topic of the ACS resource.')
param systemTopicName string

@description('Resource ID of the Function App.')
param functionAppId string

@description('Resource ID of the storage account for dead letters.')
param storageAccountId string

@description('Container for dead letters in that account.')
param deadLetterContainerName string = 'dead-letters'

var deadLettering = {
  identity: {
    type: 'SystemAssigned'
  }
  deadLetterDestination: {
    endpointType: 'StorageBlob'
    properties: {
      resourceId: storageAccountId
      blobContainerName: deadLetterContainerName
    }
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

// As patient as chat: a late ring becomes a missed call by itself, so giving up early only loses that notice.
resource calls 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'relay-calls'
  properties: {
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${functionAppId}/functions/relayCalls'
        // A failure repeats the whole batch, so each batch is one event.
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.IncomingCall'
        'Microsoft.Communication.CallParticipantAdded'
        'Microsoft.Communication.CallEnded'
      ]
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterWithResourceIdentity: deadLettering
  }
}

// Only events that name a recipient: the relay ignores thread-level events.
resource chat 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'relay-chat'
  properties: {
    destination: {
      endpointType: 'AzureFunction'
      properties: {
        resourceId: '${functionAppId}/functions/relayChat'
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.ChatMessageReceived'
        'Microsoft.Communication.ChatMessageEdited'
        'Microsoft.Communication.ChatMessageDeleted'
        'Microsoft.Communication.ChatThreadCreatedWithUser'
        'Microsoft.Communication.ChatThreadWithUserDeleted'
        'Microsoft.Communication.ChatThreadPropertiesUpdatedPerUser'
        'Microsoft.Communication.ChatParticipantAddedToThreadWithUser'
        'Microsoft.Communication.ChatParticipantRemovedFromThreadWithUser'
      ]
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterWithResourceIdentity: deadLettering
  }
  // Deployed one after the other, because each changes the topic.
  dependsOn: [
    calls
  ]
}

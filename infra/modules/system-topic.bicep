// The source of the events. Event Grid writes dead letters with its identity, because the storage keys are disabled.
param name string
param tags object

@description('Resource ID of the ACS resource.')
param acsId string

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: 'global'
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: acsId
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

output id string = topic.id
output name string = topic.name
output principalId string = topic.identity.principalId

// One region's namespace with its hubs. Never link one of them to the ACS resource as well: calls would ring twice.
param namespaceName string
param location string
param tags object
param hubName string
param voipHubName string

@description('Whether there is a hub for VoIP pushes too. A hub has one topic, and VoIP has one of its own.')
param voip bool

@secure()
@description('key, keyId, teamId, bundleId and endpoint of APNs in token mode.')
param apns object

@secure()
@description('JSON key file of a service account for FCM v1.')
param fcmServiceAccount string

param keySlot string
param keyVaultName string

@description('Start of the names in the key vault: <start>-alert and <start>-voip.')
param connectionStringPrefix string

// Standard, because feedback about dead device handles is not in the smaller tiers. Written once: Azure refuses to write
// a namespace that is there (https://github.com/Azure/bicep/issues/14513), and a second deployment would end here.
@onlyIfNotExists()
resource namespace 'Microsoft.NotificationHubs/namespaces@2023-10-01-preview' = {
  name: namespaceName
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicNetworkAccess: 'Enabled'
  }
}

module alertHub 'notification-hub.bicep' = {
  name: '${deployment().name}-alert'
  params: {
    namespaceName: namespace.name
    name: hubName
    location: location
    tags: tags
    apns: apns
    fcmServiceAccount: fcmServiceAccount
    keySlot: keySlot
    keyVaultName: keyVaultName
    connectionStringName: '${connectionStringPrefix}-alert'
  }
}

module voipHub 'notification-hub.bicep' = if (voip) {
  name: '${deployment().name}-voip'
  params: {
    namespaceName: namespace.name
    name: voipHubName
    location: location
    tags: tags
    apns: union(apns, { bundleId: '${apns.bundleId}.voip' })
    fcmServiceAccount: ''
    keySlot: keySlot
    keyVaultName: keyVaultName
    connectionStringName: '${connectionStringPrefix}-voip'
  }
}

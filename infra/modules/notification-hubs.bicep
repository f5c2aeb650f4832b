// The namespace of one region with its hubs. Never link a hub to the ACS resource as well: calls would ring twice.
param namespaceName string
param location string
param tags object
param hubName string
param voipHubName string

@description('Whether to create a hub for VoIP pushes. A hub has one topic, and VoIP needs its own.')
param voip bool

@secure()
@description('key, keyId, teamId, bundleId and endpoint of APNs in token mode.')
param apns object

@secure()
@description('JSON key file of a service account for FCM v1.')
param fcmServiceAccount string

param keySlot string
param keyVaultName string

@description('Prefix of the secret names in the key vault: <prefix>-alert and <prefix>-voip.')
param connectionStringPrefix string

// Standard, because the smaller tiers offer no feedback about dead device handles. Written only once: Azure rejects an
// update of an existing namespace (https://github.com/Azure/bicep/issues/14513), and a second deployment would fail.
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

// One hub with a Send-only rule, whose connection string goes straight into the key vault.
param namespaceName string
param name string
param location string
param tags object

@secure()
@description('key, keyId, teamId, bundleId and endpoint of APNs in token mode. An empty key: no iPhones.')
param apns object

@secure()
@description('JSON key file of a service account for FCM v1. Empty: no Android phones.')
param fcmServiceAccount string

@description('primary or secondary.')
param keySlot string

param keyVaultName string

@description('Name of the key vault secret for the connection string.')
param connectionStringName string

// The hub expects the key without its first and last line.
var apnsToken = replace(
  replace(
    replace(replace(apns.key, '-----BEGIN PRIVATE KEY-----', ''), '-----END PRIVATE KEY-----', ''),
    '\r',
    ''
  ),
  '\n',
  ''
)
var serviceAccount = json(empty(fcmServiceAccount) ? '{}' : fcmServiceAccount)

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: keyVaultName
}

resource namespace 'Microsoft.NotificationHubs/namespaces@2023-10-01-preview' existing = {
  name: namespaceName
}

resource hub 'Microsoft.NotificationHubs/namespaces/notificationHubs@2023-10-01-preview' = {
  parent: namespace
  name: name
  location: location
  tags: tags
  properties: {
    apnsCredential: empty(apns.key)
      ? null
      : {
          properties: {
            token: apnsToken
            keyId: apns.keyId
            appId: apns.teamId
            appName: apns.bundleId
            endpoint: apns.endpoint
          }
        }
    fcmV1Credential: empty(fcmServiceAccount)
      ? null
      : {
          properties: {
            clientEmail: serviceAccount.client_email
            privateKey: serviceAccount.private_key
            projectId: serviceAccount.project_id
          }
        }
  }
}

resource sendRule 'Microsoft.NotificationHubs/namespaces/notificationHubs/authorizationRules@2023-10-01-preview' = {
  parent: hub
  name: 'relay-send'
  properties: {
    rights: [
      'Send'
    ]
  }
}

resource connectionString 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: connectionStringName
  properties: {
    contentType: 'Connection string of the hub ${name}, right Send'
    value: keySlot == 'secondary'
      ? sendRule.listKeys().secondaryConnectionString
      : sendRule.listKeys().primaryConnectionString
  }
}

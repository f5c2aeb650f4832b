// The Function App on Flex Consumption. The code comes later, into the package container.
param planName string
param name string
param location string
param tags object

@description('Resource ID of the identity that the app uses for storage, secrets and telemetry.')
param identityId string

@description('URL of the container that the package is deployed to.')
param packageContainerUri string

param alwaysReadyForCalls int
param alwaysReadyForChat int
param instanceMemoryMB int
param maximumInstanceCount int

@description('Application settings by name. Secrets must be references to the key vault.')
param settings object

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '22'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // A ring must not wait for a cold start; chat may.
        alwaysReady: concat(
          alwaysReadyForCalls == 0
            ? []
            : [
                {
                  name: 'function:relayCalls'
                  instanceCount: alwaysReadyForCalls
                }
              ],
          alwaysReadyForChat == 0
            ? []
            : [
                {
                  name: 'function:relayChat'
                  instanceCount: alwaysReadyForChat
                }
              ]
        )
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      appSettings: [
        for setting in items(settings): {
          name: setting.key
          value: setting.value
        }
      ]
    }
  }
}

// Deployments sign in with Entra ID; their passwords are disabled.
resource noPasswordForFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noPasswordForDeployments 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

output id string = app.id
output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'

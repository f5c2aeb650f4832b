// What an operator is paged for. docs/operations.md explains each alert and what to do about it.
param namePrefix string
param location string
param tags object
param applicationInsightsId string
param systemTopicId string

@description('Address that alerts are mailed to. Empty: none.')
param email string

@description('A ring that takes longer than this is slow, in milliseconds.')
param slowRingMs int

// Each line of the relay is one JSON object: docs/telemetry.md.
var rules = [
  {
    name: 'dead-letters'
    title: 'The relay dead-lettered events'
    severity: 2
    threshold: 0
    query: '''
      traces
      | where message contains '"dead-letter"'
      | extend line = parse_json(message)
      | where tostring(line.event) == 'dead-letter'
    '''
  }
  {
    name: 'misconfigured-hub'
    title: 'A notification hub rejects the relay'
    severity: 1
    threshold: 0
    query: '''
      traces
      | where message contains 'misconfigured'
      | extend line = parse_json(message)
      | where tostring(line.event) == 'push'
      | where tostring(line.outcome) == 'misconfigured' or tostring(line.failures) contains 'misconfigured'
    '''
  }
  {
    name: 'slow-rings'
    title: 'Phones ring late'
    severity: 2
    threshold: 0
    query: replace(
      '''
      traces
      | where message contains '"ringLatencyMs"'
      | extend line = parse_json(message)
      | where tostring(line.event) == 'push' and tostring(line.kind) == 'incoming-call'
      | summarize slowestOfTwenty = percentile(toint(line.ringLatencyMs), 95)
      | where slowestOfTwenty > SLOW_RING_MS
      ''',
      'SLOW_RING_MS',
      string(slowRingMs)
    )
  }
  {
    name: 'failed-executions'
    title: 'Function executions fail'
    severity: 2
    // Some failures are harmless: an execution fails on purpose to make Event Grid retry. Only HTTP requests have a
    // result code, and an error of the caller does not count as a failure.
    threshold: 10
    query: '''
      requests
      | where success == false
      | where resultCode == '0' or toint(resultCode) >= 500
    '''
  }
]

var undelivered = [
  {
    name: 'event-grid-dead-letters'
    title: 'Event Grid gave up on events'
    metric: 'DeadLetteredCount'
  }
  {
    name: 'event-grid-dropped'
    title: 'Event Grid dropped events'
    metric: 'DroppedEventCount'
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${namePrefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'acs-relay'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

// The version that all regions support: https://github.com/Azure/bicep/issues/15192.
resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [
  for rule in rules: {
    name: '${namePrefix}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${namePrefix}: ${rule.title}'
      description: 'docs/operations.md#${rule.name}'
      severity: rule.severity
      enabled: true
      scopes: [
        applicationInsightsId
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      // A new Application Insights resource may not know its own tables yet.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: rule.threshold
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: empty(email) ? [] : [operators.id]
      }
    }
  }
]

// Only Event Grid knows about events that never reached the relay.
resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in undelivered: {
    name: '${namePrefix}-${rule.name}'
    location: 'global'
    tags: tags
    properties: {
      description: '${rule.title}: docs/operations.md#${rule.name}'
      severity: 1
      enabled: true
      scopes: [
        systemTopicId
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.name
            metricNamespace: 'Microsoft.EventGrid/systemTopics'
            metricName: rule.metric
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: empty(email) ? [] : [{ actionGroupId: operators.id }]
    }
  }
]

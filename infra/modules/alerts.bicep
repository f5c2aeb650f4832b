// What an operator is woken for. docs/operations.md says for each alert what it means and what to do.
param namePrefix string
param location string
param tags object
param applicationInsightsId string
param systemTopicId string

@description('Who is mailed. Empty: nobody.')
param email string

@description('A ring slower than this is slow, in milliseconds.')
param slowRingMs int

// The relay writes one JSON object for each line: docs/telemetry.md.
var rules = [
  {
    name: 'dead-letters'
    title: 'The relay put events aside'
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
    title: 'A notification hub refuses the relay'
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
    title: 'Executions of Functions fail'
    severity: 2
    // Some are no harm: an execution fails on purpose when Event Grid shall come back. Only HTTP has a result code, and
    // what a caller did wrong is no failure.
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

// The version that every region has: https://github.com/Azure/bicep/issues/15192.
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
      // Right after it was made, Application Insights may not know its own tables yet.
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

// What never reached the relay, only Event Grid can tell.
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

import * as client from "@aws-sdk/client-cloudwatch-logs";
import type { OperationTable } from "../../model/operation.ts";
import type { Model } from "../../model/violations.ts";
import type { Logs } from "./context.ts";
import limits from "./limits.json" with { type: "json" };

export const model: Model = { limits, exports: client };

/** Every operation that answers, loaded with its first request; `npm run coverage` and `npm run limits` read it. */
export const operations: OperationTable<Logs> = {
  AssociateKmsKey: async () => (await import("./operations/associate-kms-key.ts")).associateKmsKey,
  CreateLogGroup: async () => (await import("./operations/create-log-group.ts")).createLogGroup,
  CreateLogStream: async () => (await import("./operations/create-log-stream.ts")).createLogStream,
  DeleteLogGroup: async () => (await import("./operations/delete-log-group.ts")).deleteLogGroup,
  DeleteLogStream: async () => (await import("./operations/delete-log-stream.ts")).deleteLogStream,
  DeleteMetricFilter: async () => (await import("./operations/delete-metric-filter.ts")).deleteMetricFilter,
  DeleteQueryDefinition: async () => (await import("./operations/delete-query-definition.ts")).deleteQueryDefinition,
  DeleteRetentionPolicy: async () => (await import("./operations/delete-retention-policy.ts")).deleteRetentionPolicy,
  DeleteSubscriptionFilter: async () =>
    (await import("./operations/delete-subscription-filter.ts")).deleteSubscriptionFilter,
  DescribeLogGroups: async () => (await import("./operations/describe-log-groups.ts")).describeLogGroups,
  DescribeLogStreams: async () => (await import("./operations/describe-log-streams.ts")).describeLogStreams,
  DescribeMetricFilters: async () => (await import("./operations/describe-metric-filters.ts")).describeMetricFilters,
  DescribeQueries: async () => (await import("./operations/describe-queries.ts")).describeQueries,
  DescribeQueryDefinitions: async () =>
    (await import("./operations/describe-query-definitions.ts")).describeQueryDefinitions,
  DescribeSubscriptionFilters: async () =>
    (await import("./operations/describe-subscription-filters.ts")).describeSubscriptionFilters,
  DisassociateKmsKey: async () => (await import("./operations/disassociate-kms-key.ts")).disassociateKmsKey,
  FilterLogEvents: async () => (await import("./operations/filter-log-events.ts")).filterLogEvents,
  GetLogEvents: async () => (await import("./operations/get-log-events.ts")).getLogEvents,
  GetLogRecord: async () => (await import("./operations/get-log-record.ts")).getLogRecord,
  GetQueryResults: async () => (await import("./operations/get-query-results.ts")).getQueryResults,
  ListLogGroups: async () => (await import("./operations/list-log-groups.ts")).listLogGroups,
  ListTagsForResource: async () => (await import("./operations/list-tags-for-resource.ts")).listTagsForResource,
  ListTagsLogGroup: async () => (await import("./operations/list-tags-log-group.ts")).listTagsLogGroup,
  PutLogEvents: async () => (await import("./operations/put-log-events.ts")).putLogEvents,
  PutLogGroupDeletionProtection: async () =>
    (await import("./operations/put-log-group-deletion-protection.ts")).putLogGroupDeletionProtection,
  PutMetricFilter: async () => (await import("./operations/put-metric-filter.ts")).putMetricFilter,
  PutQueryDefinition: async () => (await import("./operations/put-query-definition.ts")).putQueryDefinition,
  PutRetentionPolicy: async () => (await import("./operations/put-retention-policy.ts")).putRetentionPolicy,
  PutSubscriptionFilter: async () => (await import("./operations/put-subscription-filter.ts")).putSubscriptionFilter,
  StartLiveTail: async () => (await import("./operations/start-live-tail.ts")).startLiveTail,
  StartQuery: async () => (await import("./operations/start-query.ts")).startQuery,
  StopQuery: async () => (await import("./operations/stop-query.ts")).stopQuery,
  TagLogGroup: async () => (await import("./operations/tag-log-group.ts")).tagLogGroup,
  TagResource: async () => (await import("./operations/tag-resource.ts")).tagResource,
  TestMetricFilter: async () => (await import("./operations/test-metric-filter.ts")).testMetricFilter,
  UntagLogGroup: async () => (await import("./operations/untag-log-group.ts")).untagLogGroup,
  UntagResource: async () => (await import("./operations/untag-resource.ts")).untagResource,
};

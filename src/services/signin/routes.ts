import type { Routes } from "../../wire/rest-json/routes.ts";

/** Every operation of AWS's, also those that are not here. */
export const routes: Routes = {
  "POST /v1/token": "CreateOAuth2Token",
  "POST /v1/token?x-amz-token-request-type=bearer": "CreateBearerToken",
  "POST /v1/token?x-amz-client-auth-method=iam": "CreateOAuth2TokenWithIAM",
  "POST /v1/token?x-amz-oauth-token-method=token-exchange": "CreateOAuth2TokenWithTokenExchange",
  "POST /v1/introspect?x-amz-client-auth-method=iam": "IntrospectOAuth2TokenWithIAM",
  "POST /v1/revoke?x-amz-client-auth-method=iam": "RevokeOAuth2TokenWithIAM",
  "POST /batch-revoke-sessions": "BatchRevokeSessions",
  "POST /get-session": "GetSession",
  "POST /list-sessions": "ListSessions",
  "POST /delete-console-authorization-configuration": "DeleteConsoleAuthorizationConfiguration",
  "POST /get-console-authorization-configuration": "GetConsoleAuthorizationConfiguration",
  "POST /put-console-authorization-configuration": "PutConsoleAuthorizationConfiguration",
  "POST /delete-resource-permission-statement": "DeleteResourcePermissionStatement",
  "POST /get-resource-policy": "GetResourcePolicy",
  "POST /list-resource-permission-statements": "ListResourcePermissionStatements",
  "POST /put-resource-permission-statement": "PutResourcePermissionStatement",
};

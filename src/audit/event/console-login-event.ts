import { type EventDocument, eventSource, eventTime, eventVersion, type UserIdentity } from "./event.ts";
import { hidden } from "./hidden-members.ts";

/** Somebody's attempt to sign in with a password. */
export interface ConsoleLogin {
  readonly requestId: string;
  readonly eventId: string;
  readonly time: Date;
  readonly account: string;
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** URL of the console. */
  readonly loginTo: string;
  /** Absent if the account has no user of that name. The name is not told then: it may be a password in the wrong field. */
  readonly user?: { readonly id: string; readonly name: string; readonly arn: string };
  readonly outcome: { readonly usesMfa: boolean } | { readonly message: string };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export function consoleLoginEvent(login: ConsoleLogin): EventDocument {
  const { outcome } = login;
  const isFailure = "message" in outcome;
  return {
    eventVersion,
    userIdentity: identity(login, isFailure),
    eventTime: eventTime(login.time),
    eventSource: eventSource("signin"),
    eventName: "ConsoleLogin",
    awsRegion: login.region,
    sourceIPAddress: login.sourceIp,
    userAgent: login.userAgent.slice(0, 1024),
    ...(isFailure && { errorMessage: outcome.message }),
    requestParameters: null,
    responseElements: { ConsoleLogin: isFailure ? "Failure" : "Success" },
    additionalEventData: {
      LoginTo: login.loginTo,
      MobileVersion: "No",
      MFAUsed: !isFailure && outcome.usesMfa ? "Yes" : "No",
    },
    requestID: login.requestId,
    eventID: login.eventId,
    readOnly: false,
    eventType: "AwsConsoleSignIn",
    managementEvent: true,
    recipientAccountId: login.account,
    eventCategory: "Management",
  };
}

/** As on AWS, who did not prove to be the user has only the user's name. */
function identity({ account: accountId, user }: ConsoleLogin, isFailure: boolean): UserIdentity {
  if (isFailure || !user) return { type: "IAMUser", accountId, accessKeyId: "", userName: user?.name ?? hidden };
  return { type: "IAMUser", principalId: user.id, arn: user.arn, accountId, userName: user.name };
}

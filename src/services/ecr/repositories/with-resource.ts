/** The policy as the evaluation reads it: each statement is about the repository. */
export function withResource(policyText: string): string {
  const policy = JSON.parse(policyText);
  if (typeof policy !== "object" || policy === null) return policyText;
  const statements = [policy.Statement].flat();
  const add = (statement: unknown) =>
    typeof statement === "object" && statement !== null && !("Resource" in statement) && !("NotResource" in statement)
      ? { ...statement, Resource: "*" }
      : statement;
  return JSON.stringify({ ...policy, Statement: statements.map(add) });
}

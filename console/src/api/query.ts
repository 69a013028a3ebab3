/** The body of a call of AWS Query: members of structures and lists are flattened into names with dots. */
export function queryBody(action: string, version: string, input: object): string {
  const form = new URLSearchParams({ Action: action, Version: version });
  flatten(form, "", input);
  return form.toString();
}

function flatten(form: URLSearchParams, prefix: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    if (value.length === 0) form.append(prefix, "");
    value.forEach((item, index) => {
      flatten(form, `${prefix}.member.${index + 1}`, item);
    });
  } else if (typeof value === "object") {
    for (const [name, member] of Object.entries(value))
      flatten(form, prefix === "" ? name : `${prefix}.${name}`, member);
  } else {
    form.append(prefix, String(value));
  }
}

/** What an alias has wrong, without its `alias/`. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export function aliasProblem(name: string): "required" | "invalid" | undefined {
  if (name === "") return "required";
  return /^(?!aws\/)[\w/-]{1,250}$/.test(name) ? undefined : "invalid";
}

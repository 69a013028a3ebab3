import { type Service, type ServiceDescriptor, serve } from "../../front-door/service.ts";
import { restJsonProtocol } from "../../wire/rest-json/rest-json-protocol.ts";
import { pathsOf } from "../../wire/rest-json/routes.ts";
import type { Signin } from "./context.ts";
import { oauthMembers } from "./errors.ts";
import { routes } from "./routes.ts";

/** https://docs.aws.amazon.com/signin/latest/APIReference/ */
export const signin = {
  name: "signin",
  title: "Sign-In",
  client: "@aws-sdk/nested-clients/signin",
  model: "signin",
  signingName: "signin",
  paths: pathsOf(routes),
  protocol: restJsonProtocol({ routes, members: oauthMembers }),
  violation: { code: "ValidationException", status: 400 },
  load: () => import("./operations.ts"),
  tables: ["signin_sessions", "signin_tokens", "signin_attempts"],
  sealedColumns: [],
} satisfies ServiceDescriptor<Signin>;

export function signinService(context: Signin): Service {
  return serve(signin, context);
}

import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { startEcho } from "./echo.ts";
import { install } from "./installation.ts";
import { inTurn } from "./load.ts";
import { measure, show } from "./measure.ts";
import { type JsonCall, signedRequest } from "./signed-request.ts";

const durations = { warmUp: 8_000, measured: 5_000 };

/** Measures the two most important reads, with everything on, against a bare node:http echo of the same bytes. */
export async function requests(): Promise<void> {
  await using installation = await install(["--no-agent"]);
  const { client, target, server } = installation;
  const value = "correct horse battery staple";
  await new SSM(client).putParameter({ Name: "bench", Type: "SecureString", Value: value });
  await new SecretsManager(client).createSecret({ Name: "bench", SecretString: value });
  const calls: readonly (readonly [name: string, call: JsonCall])[] = [
    ["GetParameter (SecureString)", ["ssm", "AmazonSSM.GetParameter", { Name: "bench", WithDecryption: true }]],
    ["GetSecretValue", ["secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "bench" }]],
  ];
  for (const [name, call] of calls) {
    const next = inTurn([signedRequest(target, call)]);
    await using echo = await startEcho(server.port, next());
    const floor = await measure(echo, next, durations);
    const ours = await measure(server, next, durations);
    const ratio = (ours.requestsPerSecond / floor.requestsPerSecond).toFixed(2);
    console.log(`${name}: ${show(ours)}; bare node:http: ${show(floor)}; ${ratio} of the floor (budget ≥ 0.35)`);
  }
}

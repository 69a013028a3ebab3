/** The program of a task that rotates a secret: it finds the event in a variable, as every such task does. */
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { rotationTemplate } from "./rotation-template.ts";

const event = JSON.parse(process.env.SEALIFT_ROTATION_EVENT ?? "{}");
await rotationTemplate({ secretsManager: new SecretsManager({}) }, event);

import {
  InvalidCiphertextException$,
  InvalidMarkerException$,
  KMSInvalidStateException$,
  NotFoundException$,
  UnsupportedOperationException$,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../model/api-error.ts";
import { validationException } from "../../model/common-errors.ts";
import { KmsRefusal } from "./refusal.ts";

/** A part of AWS's API that is not here. */
export function unsupported(what: string): ApiError {
  return new ApiError(UnsupportedOperationException$, `${what} is not supported by Sealift`);
}

/** A member that the request lacks although the model does not require it; worded as where the model does. */
export function memberRequired(member: string): ApiError {
  return validationException(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

export function invalidMarker(): ApiError {
  const message = "The marker that specifies where pagination should next begin is not valid.";
  return new ApiError(InvalidMarkerException$, message);
}

/** The text names no key; `message` says why, in AWS's words. */
export function invalidKeyId(message: string): KmsRefusal {
  return new KmsRefusal("unknown key", NotFoundException$, message);
}

export function keyNotFound(arn: string): KmsRefusal {
  return new KmsRefusal("unknown key", NotFoundException$, `Key '${arn}' does not exist`);
}

export function aliasNotFound(arn: string): KmsRefusal {
  return new KmsRefusal("unknown key", NotFoundException$, `Alias ${arn} is not found.`);
}

export function accessDenied(message: string): KmsRefusal {
  return new KmsRefusal("access denied", { code: "AccessDeniedException", status: 400 }, message);
}

/** AWS's words do not tell whether there is such a key. */
export function unknownCiphertextKey(): KmsRefusal {
  return accessDenied(
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  );
}

/** AWS says nothing more. */
export function invalidCiphertext(): KmsRefusal {
  return new KmsRefusal("invalid ciphertext", InvalidCiphertextException$, "");
}

/** Another request changed what this one was authorised by. The words are ours. */
export function changedMeanwhile(what: string): ApiError {
  return new ApiError(KMSInvalidStateException$, `${what} was changed by another request at the same time.`);
}

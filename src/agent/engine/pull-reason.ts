/**
 * What AWS's agent puts before a failure to pull that it knows. The apostrophe is its own. Engines that keep images in containerd
 * write "error from registry" in place of "denied".
 */
const explanations: readonly (readonly [RegExp, string])[] = [
  [
    /(denied|error from registry): User: .+ is not authorized to perform: ecr:BatchGetImage on resource/,
    "The task can\u2019t pull the image. Check that the role has the permissions to pull images from the registry.",
  ],
  [
    /(denied|error from registry): requested access to the resource is denied/,
    "The task can\u2019t pull the image. Check whether the image exists.",
  ],
  [
    /request canceled while waiting for connection/,
    "The task can\u2019t pull the image. Check your network configuration.",
  ],
];

/** Presigned addresses of layers, which anybody could use. */
const layerAddress = /"?https\S+starport\S+"?/g;

/** A failure to pull in the words of AWS's agent. */
export function explainPull(image: string, message: string): string {
  const hidden = message.replace(layerAddress, `REDACTED ECR URL related to ${image}`);
  const found = explanations.find(([pattern]) => pattern.test(hidden));
  return found ? `${found[1]} ${hidden}` : hidden;
}

export interface Images {
  /** Makes `image` present. Rejects with a `RuntimeError` named `CannotPullContainerError` if it cannot be had. */
  pull(image: string, credentials?: RegistryCredentials): Promise<PulledImage>;
}

export interface PulledImage {
  /** Absent where it came from no registry. */
  readonly digest?: string;
  /** The names of the variables that it sets. */
  readonly variables?: readonly string[];
}

/** A private registry's credentials: a task definition's `repositoryCredentials`, or an ECR token. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
  /** Docker's default registry if absent. */
  readonly serverAddress?: string;
}

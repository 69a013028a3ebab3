export interface Images {
  /** Makes `image` present. Rejects with a `RuntimeError` named `CannotPullContainerError` if it cannot be had. */
  pull(image: string, credentials?: RegistryCredentials): Promise<{ readonly digest?: string }>;
  /** True if a pull of the image would fetch nothing. Rejects as `pull` does. */
  isKept?(image: string): Promise<boolean>;
}

/** A private registry's credentials: a task definition's `repositoryCredentials`, or an ECR token. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
  /** Docker's default registry if absent. */
  readonly serverAddress?: string;
  /**
   * The host at which the registry answers, where that is not the one in the image's name: the image is pulled from there by its whole
   * name, and gets that name.
   */
  readonly mirror?: string;
}

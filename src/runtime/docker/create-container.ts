import type Dockerode from "dockerode";

/** Creates a container from the body of the Engine's "create container" and resolves to its id. */
export async function createContainer(docker: Dockerode, name: string, body: object): Promise<string> {
  // Without `_query` and `_body` the client would put everything, secrets included, into the URL as well.
  const options = { _query: { name }, _body: body } as Dockerode.ContainerCreateOptions;
  return (await docker.createContainer(options)).id;
}

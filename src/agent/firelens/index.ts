export { withRouterAddress } from "./address.ts";
export { reachOf, routerConfig } from "./config.ts";
export { forwardPort } from "./render.ts";
export {
  isRouted,
  pathsOf,
  type RoutedSecret,
  type Router,
  routedSecrets,
  routerOf,
  withRouterFirst,
} from "./router.ts";

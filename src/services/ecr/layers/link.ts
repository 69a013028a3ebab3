/** Layers are given by link below this path. No repository can have the name. */
export const layerLinksPath = "/v2/-/layers/";

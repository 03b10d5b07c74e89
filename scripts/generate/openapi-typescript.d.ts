// The parts of openapi-typescript's Node API, by the paths that do not load its own, older copy of Redocly.
declare module "openapi-typescript/dist/transform/index.mjs" {
  import { transformSchema } from "openapi-typescript";
  export default transformSchema;
}
declare module "openapi-typescript/dist/lib/ts.mjs" {
  export { astToString } from "openapi-typescript";
}
declare module "openapi-typescript/dist/lib/utils.mjs" {
  export { resolveRef, scanDiscriminators } from "openapi-typescript";
}

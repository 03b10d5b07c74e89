// The parts of openapi-typescript's Node API, by the paths that do not load its own, older copy of Redocly.
declare module "openapi-typescript/dist/transform/index.mjs" {
  import type { GlobalContext, OpenAPI3 } from "openapi-typescript";
  import type ts from "typescript";

  /** Redocly's configuration is for the entry point, which reads documents; the hooks may be absent. */
  export type TransformContext = Omit<
    GlobalContext,
    "redoc" | "postTransform" | "transformProperty"
  >;
  export default function transformSchema(schema: OpenAPI3, context: TransformContext): ts.Node[];
}
declare module "openapi-typescript/dist/lib/ts.mjs" {
  export { astToString } from "openapi-typescript";
}
declare module "openapi-typescript/dist/lib/utils.mjs" {
  export { resolveRef, scanDiscriminators } from "openapi-typescript";
}

export { createOpenapiClient, type OpenapiClient } from "./create-openapi-client.ts";

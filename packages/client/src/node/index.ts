export { createNodeFetch, type NodeFetch, type NodeFetchOptions } from "./create-node-fetch.ts";
export {
  createUndiciFetch,
  type UndiciAnswer,
  type UndiciDispatcher,
} from "./create-undici-fetch.ts";

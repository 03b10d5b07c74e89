import { explorerOptions } from "../../src/explorer/explorer-options.ts";

export default {
  load: explorerOptions,
};

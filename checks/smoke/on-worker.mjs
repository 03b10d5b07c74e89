// @ts-check
// workerd: a request with the configuration is answered with the results.
import { runSmoke } from "./run-smoke.mjs";

// oxlint-disable-next-line import/no-default-export -- what workerd asks for
export default {
  /** @param {Request} request */
  async fetch(request) {
    return Response.json(await runSmoke(await request.json()));
  },
};

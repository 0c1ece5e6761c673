import createClient from "openapi-fetch";
import type { paths } from "./registry.js";

const [root, ...cells] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: root, headers: { Authorization: "Bearer dev-applicant-a" } });

// Files an application for each cell.
const filed: string[] = [];
for (const [at, cell] of cells.entries()) {
  const { data, response } = await client.POST("/license-blocks", {
    params: { header: { "Idempotency-Key": `typescript-${at}` } },
    body: { kind: "exploration", cells: [cell], commodities: ["lithium"] },
  });
  if (!data || response.status !== 201) throw new Error(`not filed: ${response.status}`);
  filed.push(data.id);
}

// Pages through what is there.
const found: string[] = [];
for (let page: string | undefined, more = true; more; ) {
  const { data } = await client.GET("/collections/license-blocks/items", { params: { query: { limit: 2, status: "applied", page } } });
  if (!data || typeof data === "string") throw new Error("no page");
  found.push(...data.features.map((feature) => feature.id));
  const next = data.links?.find((link) => link.rel === "next");
  page = next ? (new URL(next.href).searchParams.get("page") ?? undefined) : undefined;
  more = page !== undefined;
}

// Reads why another application is refused.
const { error } = await client.POST("/license-blocks", {
  params: { header: {} },
  body: { kind: "exploration", cells: cells.slice(0, 1), commodities: ["gold"] },
});
console.log(JSON.stringify({ filed, found, problem: error?.type, conflict: error?.conflicts?.[0]?.licenseBlock }));

// Decodes every *.mvt of a directory. A line of JSON a tile: {"tile": file, "layers": {name: [{id, type, properties, rings}]}}.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

const directory = process.argv[2];
for (const tile of readdirSync(directory).filter((name) => name.endsWith(".mvt"))) {
  const decoded = new VectorTile(new PbfReader(readFileSync(join(directory, tile))));
  const layers = {};
  for (const [name, layer] of Object.entries(decoded.layers)) {
    layers[name] = [];
    for (let i = 0; i < layer.length; i++) {
      const feature = layer.feature(i);
      const rings = feature.loadGeometry().map((ring) => ring.map((point) => [point.x, point.y]));
      layers[name].push({ id: feature.id, type: feature.type, properties: feature.properties, rings });
    }
  }
  process.stdout.write(JSON.stringify({ tile, layers }) + "\n");
}

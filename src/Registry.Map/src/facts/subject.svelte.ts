import { page } from '../address/page.svelte';
import type { Subject } from '../address/state';
import { item } from '../api/collections';
import { address, answerOf, Refused, registry, type Cell, type Feature, type LicenseBlock } from '../api/registry';

export type Shown =
  | { of: 'license-blocks'; block: LicenseBlock; tag: string }
  | { of: 'deposits' | 'areas'; feature: Feature }
  | { of: 'cells'; cell: Cell };

type Box = [number, number, number, number];

/** What is looked at, as the registry has it. */
class CurrentSubject {
  shown = $state.raw<Shown | null>(null);
  problem = $state('');
  #asked = '';

  /** Its outline on the map. */
  get shape(): GeoJSON.Feature | null {
    if (!this.shown) return null;
    const geometry = this.shown.of === 'license-blocks' ? this.shown.block.geometry : this.shown.of === 'cells' ? this.shown.cell.geometry : this.shown.feature.geometry;
    return { type: 'Feature', properties: {}, geometry: geometry as GeoJSON.Geometry };
  }

  /** The rectangle around it. */
  get fit(): Box | null {
    return this.shape ? boxOf(this.shape.geometry) : null;
  }

  /** Follows the address: asks for what it names. */
  follow(): void {
    const { see, asAt } = page.state;
    const question = JSON.stringify([see, asAt]);
    if (question === this.#asked) return;
    this.#asked = question;
    if (!see) {
      this.shown = null;
      this.problem = '';
    } else void this.#load(question, see, asAt);
  }

  /** Asks again, after it was changed. */
  refresh(): void {
    this.#asked = '';
    this.follow();
  }

  async #load(question: string, see: Subject, asAt: string): Promise<void> {
    try {
      const shown = await ask(see, asAt);
      if (question !== this.#asked) return;
      this.shown = shown;
      this.problem = '';
    } catch (fault) {
      if (question !== this.#asked) return;
      this.shown = null;
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    }
  }
}

async function ask({ collection, id }: Subject, asAt: string): Promise<Shown> {
  const query = asAt ? { 'as-at': asAt } : {};
  switch (collection) {
    case 'license-blocks': {
      const call = await registry.GET('/license-blocks/{id}', { params: { path: { id }, query } });
      return { of: collection, block: await answerOf(Promise.resolve(call)), tag: call.response.headers.get('ETag') ?? '' };
    }
    case 'cells':
      return { of: collection, cell: await answerOf(registry.GET('/cells/{code}', { params: { path: { code: id }, query } })) };
    default:
      return { of: collection, feature: await item(collection, id, query) };
  }
}

/** The address of what is looked at, for programs. */
export const sourceOf = ({ collection, id }: Subject): string =>
  address(collection === 'cells' ? `cells/${encodeURIComponent(id)}` : `collections/${collection}/items/${encodeURIComponent(id)}?f=html`);

function boxOf(geometry: GeoJSON.Geometry): Box | null {
  const box: Box = [180, 90, -180, -90];
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === 'number') {
      const [x, y] = part as [number, number];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    } else part.forEach(walk);
  };
  if ('coordinates' in geometry) walk(geometry.coordinates);
  return box[0] <= box[2] ? box : null;
}

export const subject = new CurrentSubject();

import { answerOf, registry, type Feature, type Schemas } from './registry';
import type { operations } from './contract';

export type Collection = 'license-blocks' | 'deposits' | 'areas' | 'sheets';
export type ItemsQuery = NonNullable<operations['getItems']['parameters']['query']>;
export type Page = Schemas['FeatureCollection'];

/** A page of the features of a collection, in GeoJSON: of the formats that the contract names, the one that is given unasked. */
export async function items(collection: Collection, query: ItemsQuery): Promise<Page> {
  return (await answerOf(
    registry.GET('/collections/{collection}/items', {
      params: { path: { collection }, query },
      querySerializer: { array: { style: 'form', explode: false } },
    }),
  )) as Page;
}

/** One feature of a collection. */
export async function item(collection: Collection, id: string, query: { 'as-at'?: string }): Promise<Feature> {
  return (await answerOf(registry.GET('/collections/{collection}/items/{id}', { params: { path: { collection, id }, query } }))) as Feature;
}

/**
 * The page that follows an answer; null at the end. The link begins with the registry's public address, which need not be the one under which this
 * page was opened: only its page is taken.
 */
export function pageAfter(answer: { links: { rel: string; href: string }[] }): string | null {
  const next = answer.links.find((link) => link.rel === 'next');
  return next ? new URL(next.href).searchParams.get('page') : null;
}

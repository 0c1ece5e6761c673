import type { Subject, View } from '../address/state';
import { items } from '../api/collections';
import { registry } from '../api/registry';
import { quoted } from '../filter/cql';
import regions from '../map/base/regions.json';

export interface Hit {
  title: string;
  about: 'number' | 'holder' | 'deposit' | 'cell' | 'region';
  to: { see: Subject } | { view: View } | { holder: string };
}

const mostOfAKind = 5;

/** What a text may mean: a cell's code, a number or id of a license block, a holder, a deposit, a region. */
export async function search(text: string): Promise<Hit[]> {
  const wanted = text.trim();
  if (wanted.length < 2) return [];
  const like = `CASEI(NAME) LIKE CASEI(${quoted(`%${wanted.replace(/[\\%_]/g, '\\$&')}%`)})`;
  const kinds = await Promise.all([
    cells(wanted),
    blocks(`number=${quoted(wanted.toUpperCase())} OR id=${quoted(wanted)}`),
    holders(like.replace('NAME', 'holder.name')),
    deposits(like.replace('NAME', 'name')),
    Promise.resolve(places(wanted)),
  ]);
  return kinds.flat();
}

async function cells(text: string): Promise<Hit[]> {
  if (!/\d/.test(text) || !/[-.]/.test(text)) return [];
  const { data } = await registry.GET('/cells/{code}', { params: { path: { code: text } } });
  return data?.alias ? [{ title: data.code ?? data.alias, about: 'cell', to: { see: { collection: 'cells', id: data.alias } } }] : [];
}

async function blocks(filter: string): Promise<Hit[]> {
  const { features } = await items('license-blocks', { filter, limit: mostOfAKind });
  return features.map(({ id, properties }) => ({ title: String(properties.number ?? id), about: 'number', to: { see: { collection: 'license-blocks', id } } }));
}

async function holders(filter: string): Promise<Hit[]> {
  const { features } = await items('license-blocks', { filter, limit: 100 });
  const names = new Map(features.map(({ properties }) => properties.holder as { id: string; name: string }).map((holder) => [holder.id, holder.name]));
  return [...names].slice(0, mostOfAKind).map(([id, name]) => ({ title: name, about: 'holder', to: { holder: id } }));
}

async function deposits(filter: string): Promise<Hit[]> {
  const { features } = await items('deposits', { filter, limit: mostOfAKind });
  return features.map(({ id, properties }) => ({ title: String(properties.name), about: 'deposit', to: { see: { collection: 'deposits', id } } }));
}

function places(text: string): Hit[] {
  const wanted = text.toLocaleLowerCase();
  return regions.features
    .filter(({ properties }) => [properties.en, properties.kk, properties.ru].some((name) => name.toLocaleLowerCase().includes(wanted)))
    .map(({ properties, geometry }) => ({
      title: [...new Set([properties.en, properties.kk, properties.ru])].join(' · '),
      about: 'region',
      to: { view: { zoom: 6.3, lon: geometry.coordinates[0]!, lat: geometry.coordinates[1]! } },
    }));
}

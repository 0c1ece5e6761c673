import { answerOf, registry, Refused, type Schemas } from '../api/registry';

export type Tally = Schemas['Tally'];
type Tables = Record<string, Tally[]>;

/** What is registered, in numbers: asked once for each date, when somebody needs it. */
class Statistics {
  tables = $state.raw<Record<string, Tables>>({});
  problem = $state('');
  #asked: string | null = null;

  follow(asAt: string): void {
    if (this.#asked === asAt) return;
    this.#asked = asAt;
    void this.#load(asAt);
  }

  /** The rows of a property of license blocks or deposits; none until they are there. */
  rows(collection: 'license-blocks' | 'deposits', property: string): Tally[] {
    return this.tables[collection]?.[property] ?? [];
  }

  async #load(asAt: string): Promise<void> {
    try {
      const answer = await answerOf(registry.GET('/statistics', { params: { query: asAt ? { 'as-at': asAt } : {} } }));
      if (asAt !== this.#asked) return;
      this.tables = answer as unknown as Record<string, Tables>; // CSV is another format, asked for by name
      this.problem = '';
    } catch (fault) {
      this.#asked = null;
      this.problem = fault instanceof Refused ? fault.message : String(fault);
    }
  }
}

export const statistics = new Statistics();

/** The largest values of a property, whatever their status but for ended ones: value, count and area. */
export function ranked(rows: Tally[], statuses: readonly string[]): { value: string; count: number; areaKm2: number }[] {
  const sums = new Map<string, { value: string; count: number; areaKm2: number }>();
  for (const row of rows) {
    if (statuses.length > 0 && !statuses.includes(row.status)) continue;
    const value = row.value ?? row.status;
    const sum = sums.get(value) ?? { value, count: 0, areaKm2: 0 };
    sums.set(value, { value, count: sum.count + row.count, areaKm2: sum.areaKm2 + row.areaKm2 });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

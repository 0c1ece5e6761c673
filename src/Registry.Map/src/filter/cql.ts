/** Filters of license blocks: what the form has, as CQL2 text and back. */
export interface BlockFilter {
  statuses: string[];
  commodity: string;
  country: string;
  holder: string;
  filedFrom: string;
  filedTo: string;
}

export const noFilter: BlockFilter = { statuses: [], commodity: '', country: '', holder: '', filedFrom: '', filedTo: '' };

/** The filter as CQL2 text; empty where everything passes. */
export function toCql(filter: BlockFilter): string {
  const parts: string[] = [];
  if (filter.statuses.length === 1) parts.push(`status=${quoted(filter.statuses[0]!)}`);
  if (filter.statuses.length > 1) parts.push(`status IN (${filter.statuses.map(quoted).join(',')})`);
  if (filter.commodity) parts.push(`A_CONTAINS(commodities,(${quoted(filter.commodity)}))`);
  if (filter.country) parts.push(`holder.country=${quoted(filter.country)}`);
  if (filter.holder) parts.push(`holder.id=${quoted(filter.holder)}`);
  if (filter.filedFrom) parts.push(`appliedAt>=TIMESTAMP('${filter.filedFrom}T00:00:00Z')`);
  if (filter.filedTo) parts.push(`appliedAt<=TIMESTAMP('${filter.filedTo}T23:59:59Z')`);
  return parts.join(' AND ');
}

/** The form of a text that `toCql` wrote; null where it was written otherwise, by hand, and only the registry understands it. */
export function fromCql(text: string): BlockFilter | null {
  const filter = { ...noFilter };
  for (const part of text ? text.split(' AND ') : []) {
    let match: RegExpExecArray | null;
    if ((match = /^status=('(?:[^']|'')*')$/.exec(part))) filter.statuses = [plain(match[1]!)];
    else if ((match = /^status IN \((.+)\)$/.exec(part))) filter.statuses = match[1]!.split(',').map(plain);
    else if ((match = /^A_CONTAINS\(commodities,\(('(?:[^']|'')*')\)\)$/.exec(part))) filter.commodity = plain(match[1]!);
    else if ((match = /^holder\.country=('(?:[^']|'')*')$/.exec(part))) filter.country = plain(match[1]!);
    else if ((match = /^holder\.id=('(?:[^']|'')*')$/.exec(part))) filter.holder = plain(match[1]!);
    else if ((match = /^appliedAt>=TIMESTAMP\('(\d{4}-\d\d-\d\d)T00:00:00Z'\)$/.exec(part))) filter.filedFrom = match[1]!;
    else if ((match = /^appliedAt<=TIMESTAMP\('(\d{4}-\d\d-\d\d)T23:59:59Z'\)$/.exec(part))) filter.filedTo = match[1]!;
    else return null;
  }
  return toCql(filter) === text ? filter : null;
}

/** A text in quotation marks, as CQL2 writes it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const plain = (text: string): string => text.slice(1, -1).replaceAll("''", "'");

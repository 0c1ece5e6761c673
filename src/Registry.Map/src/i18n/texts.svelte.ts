import i18next from 'i18next';
import { page } from '../address/page.svelte';
import en from './en.json';
import kk from './kk.json';
import ru from './ru.json';

type Stem<K> = K extends `${infer S}_${'one' | 'few' | 'many' | 'other'}` ? S : K;

/** The languages, each by its own name. */
export const languages = { en: 'English', kk: 'Қазақша', ru: 'Русский' } as const;
export type Language = keyof typeof languages;

/** A text of the page. Texts that count have one form for each plural of their language. */
export type TextKey = Stem<keyof typeof en>;

await i18next.init({
  resources: { en: { translation: en }, kk: { translation: kk }, ru: { translation: ru } },
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  // What is shown is put into the page as text, never as markup.
  interpolation: { escapeValue: false },
});

const known = (code: string): Language | undefined => (Object.keys(languages) as Language[]).find((language) => code.toLowerCase().startsWith(language));

/** The language in use: the one chosen by hand, else the first of the browser's that the page has. */
export function language(): Language {
  return known(page.state.lang) ?? navigator.languages.map(known).find((code) => code !== undefined) ?? 'en';
}

/** A text in the language in use. */
export function t(key: TextKey, values?: Record<string, unknown>): string {
  return i18next.t(key, { lng: language(), ...values });
}

/** A word of the registry, such as a status or a commodity, in the language in use; as it is where there is none. */
export function word(kind: 'status' | 'kind' | 'commodity' | 'effect' | 'depositStatus' | 'change' | 'rule' | 'cellStatus', value: string): string {
  const key = `${kind}.${value}`;
  return i18next.exists(key, { lng: language() }) ? i18next.t(key, { lng: language() }) : value;
}

/** A number, with at most so many decimals. */
export const number = (value: number, decimals = 0): string => new Intl.NumberFormat(language(), { maximumFractionDigits: decimals }).format(value);

/** A day; the registry's dates are dates in its own time zone, never instants. */
export const day = (date: string): string =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date.slice(0, 10)}T00:00:00Z`));

/** An instant, in UTC, which is said. */
export const instant = (time: string): string =>
  `${new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(new Date(time))} UTC`;

/** A country by its code. */
export function country(code: string): string {
  try {
    return new Intl.DisplayNames(language(), { type: 'region' }).of(code) ?? code;
  } catch {
    return code; // not two letters: shown as it is
  }
}

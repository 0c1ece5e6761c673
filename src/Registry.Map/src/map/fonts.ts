import cyrillicExtended from '@fontsource-variable/noto-sans/files/noto-sans-cyrillic-ext-wght-normal.woff2?url';
import cyrillic from '@fontsource-variable/noto-sans/files/noto-sans-cyrillic-wght-normal.woff2?url';
import latinExtended from '@fontsource-variable/noto-sans/files/noto-sans-latin-ext-wght-normal.woff2?url';
import latin from '@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2?url';

/**
 * The font of labels: the files that the page's own text uses. MapLibre draws the signed distance fields from them itself (`font-faces` of
 * the style), so that no glyph is missing for which a range was forgotten: the Kazakh letters ә ғ қ ң ө ұ ү һ і lie in both Cyrillic files.
 */
export const font = ['Noto Sans'];

export const fontFaces = {
  'Noto Sans': [
    { url: absolute(latin), 'unicode-range': ['U+0000-00FF', 'U+2000-206F', 'U+2191-2193', 'U+2212'] },
    { url: absolute(latinExtended), 'unicode-range': ['U+0100-02BA', 'U+1E00-1E9F'] },
    { url: absolute(cyrillic), 'unicode-range': ['U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116'] },
    { url: absolute(cyrillicExtended), 'unicode-range': ['U+0460-048F', 'U+0492-04AF', 'U+04B2-052F'] },
  ],
};

function absolute(path: string): string {
  return new URL(path, document.baseURI).href;
}

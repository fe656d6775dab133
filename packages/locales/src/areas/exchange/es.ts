import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'exchange.left.front-matter':
    '{count, plural, one {Se dejó fuera # dato de la cabecera de la página, como su diseño.} many {Se dejaron fuera # de datos de la cabecera de la página, como su diseño.} other {Se dejaron fuera # datos de la cabecera de la página, como su diseño.}}',
  'exchange.left.image':
    '{count, plural, one {Se dejó fuera # imagen; su descripción se conserva como texto.} many {Se dejaron fuera # de imágenes; sus descripciones se conservan como texto.} other {Se dejaron fuera # imágenes; sus descripciones se conservan como texto.}}',
  'exchange.left.table':
    '{count, plural, one {# tabla se conserva en párrafos, uno por fila.} many {# de tablas se conservan en párrafos, uno por fila.} other {# tablas se conservan en párrafos, uno por fila.}}',
  'exchange.left.footnote':
    '{count, plural, one {# nota al pie se conserva como párrafo en su lugar.} many {# de notas al pie se conservan como párrafos en su lugar.} other {# notas al pie se conservan como párrafos en su lugar.}}',
  'exchange.left.code':
    '{count, plural, one {# bloque de código se conserva como texto, un párrafo por línea.} many {# de bloques de código se conservan como texto, un párrafo por línea.} other {# bloques de código se conservan como texto, un párrafo por línea.}}',
  'exchange.left.rule':
    '{count, plural, one {Se dejó fuera # línea divisoria.} many {Se dejaron fuera # de líneas divisorias.} other {Se dejaron fuera # líneas divisorias.}}',
  'exchange.left.html':
    '{count, plural, one {# fragmento de HTML perdió sus etiquetas; sus palabras se conservan.} many {# de fragmentos de HTML perdieron sus etiquetas; sus palabras se conservan.} other {# fragmentos de HTML perdieron sus etiquetas; sus palabras se conservan.}}',
  'exchange.left.link':
    '{count, plural, one {# enlace no empieza por https://, http:// o mailto:; sus palabras se conservan sin el enlace.} many {# de enlaces no empiezan por https://, http:// o mailto:; sus palabras se conservan sin los enlaces.} other {# enlaces no empiezan por https://, http:// o mailto:; sus palabras se conservan sin los enlaces.}}',
  'exchange.left.line-break':
    '{count, plural, one {# salto de línea dentro de un párrafo pasó a ser un espacio.} many {# de saltos de línea dentro de párrafos pasaron a ser espacios.} other {# saltos de línea dentro de párrafos pasaron a ser espacios.}}',
  'exchange.left.control':
    '{count, plural, one {Se quitó # carácter de control invisible.} many {Se quitaron # de caracteres de control invisibles.} other {Se quitaron # caracteres de control invisibles.}}',
  'exchange.left.depth':
    'Sus listas o citas están demasiado anidadas para leerlas; el texto se conserva con sus signos.',
  'exchange.left.encoding':
    'El archivo no indica cómo están codificadas sus letras; se leyó como Windows-1252. Compruebe las letras con tilde.',
  'exchange.format.markdown': 'Markdown',
  'exchange.format.text': 'Texto sin formato',
  'exchange.format.html': 'Página web (HTML)',
};

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
  'exchange.left.change':
    '{count, plural, one {# cambio registrado se tomó como aceptado.} many {# de cambios registrados se tomaron como aceptados.} other {# cambios registrados se tomaron como aceptados.}}',
  'exchange.left.comment':
    '{count, plural, one {Se dejó fuera # comentario.} many {Se dejaron fuera # de comentarios.} other {Se dejaron fuera # comentarios.}}',
  'exchange.left.hidden':
    '{count, plural, one {Se dejó fuera # fragmento de texto oculto.} many {Se dejaron fuera # de fragmentos de texto oculto.} other {Se dejaron fuera # fragmentos de texto oculto.}}',
  'exchange.left.text-box':
    '{count, plural, one {# cuadro de texto se conserva como párrafos después del lugar donde estaba.} many {# de cuadros de texto se conservan como párrafos después del lugar donde estaban.} other {# cuadros de texto se conservan como párrafos después del lugar donde estaban.}}',
  'exchange.left.object':
    '{count, plural, one {Se dejó fuera # objeto incrustado, como un gráfico u otro archivo.} many {Se dejaron fuera # de objetos incrustados, como gráficos u otros archivos.} other {Se dejaron fuera # objetos incrustados, como gráficos u otros archivos.}}',
  'exchange.left.formula':
    '{count, plural, one {# fórmula se conserva como simples signos.} many {# de fórmulas se conservan como simples signos.} other {# fórmulas se conservan como simples signos.}}',
  'exchange.left.symbol':
    '{count, plural, one {Se dejó fuera # signo de una fuente de símbolos.} many {Se dejaron fuera # de signos de fuentes de símbolos.} other {Se dejaron fuera # signos de fuentes de símbolos.}}',
  'exchange.left.external':
    '{count, plural, one {El archivo remite a # elemento externo, como una imagen o una plantilla; no se descargó.} many {El archivo remite a # de elementos externos, como imágenes o plantillas; no se descargaron.} other {El archivo remite a # elementos externos, como imágenes o plantillas; no se descargaron.}}',
  'exchange.left.page-margin':
    '{count, plural, one {Se dejó fuera # encabezado o pie de página.} many {Se dejaron fuera # de encabezados y pies de página.} other {Se dejaron fuera # encabezados y pies de página.}}',
  'exchange.format.docx': 'Documento de Word (DOCX)',
  'exchange.format.docx.means':
    'Para seguir en un procesador de textos; números y fórmulas iniciales como en la versión impresa. Vuelve a entrar sin pérdida.',
  'exchange.format.markdown.means': 'Para otros programas y para guardar versiones.',
  'exchange.format.text.means': 'Solo las palabras, un párrafo por línea: la forma de la que se calcula la huella.',
  'exchange.format.html.means': 'Una página que se basta a sí misma, para un sitio web o un navegador.',
  'exchange.save': 'Guardar como archivo',
  'exchange.save.which': 'Qué texto',
  'exchange.save.working': 'El texto de trabajo, tal como está ahora',
  'exchange.save.revision': '{symbol}, publicado el {date}',
  'exchange.save.format': 'Como',
  'exchange.save.go': 'Guardar el archivo',
  'exchange.save.writing': 'Se está escribiendo el archivo…',
  'exchange.save.loading': 'Se consulta lo que hay…',
  'exchange.save.done': 'El archivo {name} está guardado.',
};

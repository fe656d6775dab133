import type {messages as english} from './en.ts';

export const messages: Record<keyof typeof english, string> = {
  'verifier.title': 'Verificador de Plenary',
  'verifier.heading': 'Comprobar lo que dice el registro',
  'verifier.offline.lead':
    'Este archivo no necesita red ni envía nada. Comprueba recibos, el texto de revisiones y el registro entero con las claves de abajo.',
  'verifier.lead':
    'Pegue un recibo o elija archivos: recibos, el registro guardado, el texto de una revisión con su recibo. La comprobación se hace en esta página; no se envía nada.',
  'verifier.input': 'Recibo o registro',
  'verifier.files': 'Archivos',
  'verifier.drop': 'También se pueden soltar archivos aquí.',
  'verifier.check': 'Comprobar',
  'verifier.nothing': 'Pegue primero un recibo o elija un archivo.',
  'verifier.working': 'Comprobando…',
  'verifier.results': 'Resultado',
  'verifier.keys': 'Claves en las que se confía aquí',
  'verifier.keys.none':
    'Ninguna: este archivo se guardó antes de que ocurriera nada. Los registros se comprueban con las claves que nombran.',
  'verifier.receipt.ok': 'En el registro, sin cambios.',
  'verifier.receipt.means':
    'El acto {index} forma parte del punto de control sobre {size} actos, firmado {time} con la clave {key}.',
  'verifier.receipts.ok':
    '{count, plural, one {# recibo, y es válido.} many {# de recibos, y todos son válidos.} other {# recibos, y todos son válidos.}}',
  'verifier.receipts.wrong':
    '{count, plural, one {# recibo no es válido.} many {# de recibos no son válidos.} other {# recibos no son válidos.}}',
  'verifier.receipts.none': 'Este archivo no contiene recibos.',
  'verifier.revision.ok': 'Este es el texto que se emitió.',
  'verifier.revision.means':
    'Su SHA-256 consta en el acto {index}, que forma parte del punto de control sobre {size} actos, firmado {time} con la clave {key}.',
  'verifier.log.ok': 'El registro entero está sin cambios.',
  'verifier.log.means':
    '{acts, plural, one {Se recalculó # acto} many {Se recalcularon # de actos} other {Se recalcularon # actos}}, {shown} de ellos con su contenido. Puntos de control que concuerdan: {checkpoints}; el más reciente se firmó {time} con la clave {key}.',
  'verifier.log.own-keys': 'La clave viene del propio archivo: compárela con la que publica la instancia.',
  'verifier.wrong': 'No es válido.',
  'verifier.wrong.at': 'Hallado en el acto {index}.',
  'verifier.text-alone': 'Un texto se comprueba junto con el recibo de su emisión: elija ambos archivos.',
  'verifier.says': 'Lo que dice',
  'verifier.steps':
    '{count, plural, one {El paso de la prueba (#)} many {Los # de pasos de la prueba} other {Los # pasos de la prueba}}',
  'verifier.steps.leaf': 'El resumen del propio acto',
  'verifier.steps.before': 'Unido después de {hash}',
  'verifier.steps.after': 'Unido antes de {hash}',
  'verifier.steps.root': 'La raíz firmada',
  'verifier.problem.unreadable': 'No se puede leer: no es JSON o falta una parte.',
  'verifier.problem.not-a-receipt': 'Esto no es un recibo.',
  'verifier.problem.not-a-log': 'Esto no es el registro, o le falta la primera línea.',
  'verifier.problem.other-version': 'Lo hizo otra versión que esta comprobación no conoce.',
  'verifier.problem.malformed': 'Falta un campo, sobra o contiene lo que no puede contener.',
  'verifier.problem.checkpoint-unreadable': 'Su punto de control no se puede leer.',
  'verifier.problem.key-unknown': 'Está firmado con una clave en la que aquí no se confía.',
  'verifier.problem.signature-wrong': 'La firma no corresponde: el punto de control se cambió o lo firmó otro.',
  'verifier.problem.not-covered': 'El punto de control se firmó antes de este acto.',
  'verifier.problem.proof-wrong': 'El acto, su lugar o su prueba se cambiaron: no llevan a la raíz firmada.',
  'verifier.problem.not-a-revision': 'Este recibo es válido, pero no es de una revisión.',
  'verifier.problem.text-differs': 'El texto no es el que se emitió: difiere al menos un byte.',
  'verifier.problem.out-of-place': 'Un acto o punto de control falta, está duplicado o fuera de lugar.',
  'verifier.problem.leaf-differs': 'Lo que dice el acto se cambió: su resumen se hizo de otra cosa.',
  'verifier.problem.root-differs':
    'Algo anterior a este punto de control se cambió: los actos no llevan a la raíz firmada.',
  'verifier.problem.log-short':
    'El registro no acaba con un punto de control sobre todos sus actos: falta o sobra algo.',
  'verifier.problem.other-origin': 'Es de otro registro.',
  'verifier.problem.history-differs': 'La historia difiere de la que se firmó antes.',
};
